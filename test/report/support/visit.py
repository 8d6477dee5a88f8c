"""visit.py PAGE.html TEST [WIDTH]: opens the page in a browser without a window and does what the STEP lines of the
test say.

  click SELECTOR                 as by the mouse
  type SELECTOR TEXT             and Enter
  choose SELECTOR OPTION         of a <select>, by its text
  key SELECTOR KEY               the key's name, such as ARROW_DOWN; SELECTOR may be * for whatever has the focus
  drag SELECTOR FROM TO          along it, in per cent of its width
  hover SELECTOR PERCENT         over it
  scroll SELECTOR PIXELS
  open HASH                      the page again, with this after the #
  print SELECTOR                 the text of each such element that can be seen
  count SELECTOR                 how many there are
  value JAVASCRIPT               of an expression

What is printed begins with the selector. The last lines say what the console has, and what the page has asked the
network for.
"""

import json
import os
import re
import shlex
import sys

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait


def browser(width):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(service=webdriver.chrome.service.Service("/usr/bin/chromedriver"), options=options)
    # The least width of a window is more than a telephone's.
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
    return driver


class Visit:
    def __init__(self, driver, page):
        self.driver = driver
        self.address = "file://" + os.path.abspath(page)
        self.open("")

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        if selector == "*":
            return self.driver.switch_to.active_element
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def open(self, fragment):
        # By way of another page, so that it is loaded again.
        self.driver.get("about:blank")
        self.driver.get(f"{self.address}#{fragment}" if fragment else self.address)
        WebDriverWait(self.driver, 60).until(
            lambda driver: driver.execute_script("return document.documentElement.dataset.ready"))

    def click(self, selector):
        element = self.one(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def type(self, selector, text):
        field = self.one(selector)
        field.clear()
        field.send_keys(text, Keys.ENTER)

    def choose(self, selector, option):
        Select(self.one(selector)).select_by_visible_text(option)

    def key(self, selector, name):
        self.one(selector).send_keys(getattr(Keys, name))

    def at(self, selector, percent):
        """The distance from the middle, by which the browser's driver wants places."""
        element = self.one(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        return element, round(element.rect["width"] * (float(percent) - 50) / 100)

    def drag(self, selector, start, end):
        element, first = self.at(selector, start)
        _, last = self.at(selector, end)
        ActionChains(self.driver).move_to_element_with_offset(element, first, 0).click_and_hold() \
            .move_to_element_with_offset(element, last, 0).release().perform()

    def hover(self, selector, percent):
        element, place = self.at(selector, percent)
        ActionChains(self.driver).move_to_element_with_offset(element, place, 0).perform()

    def scroll(self, selector, pixels):
        self.driver.execute_script("arguments[0].scrollTop = arguments[1]", self.one(selector), int(pixels))

    def print(self, selector):
        for element in self.all(selector):
            text = element.text or element.get_attribute("textContent")
            if element.is_displayed():
                print(f"{selector}: {' '.join(text.split())}")

    def count(self, selector):
        print(f"{selector}: {len(self.all(selector))}")

    def value(self, expression):
        print(f"{expression}: {json.dumps(self.driver.execute_script('return ' + expression))}")

    def settle(self):
        """What is drawn in the next frame is drawn."""
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))")

    def report_console(self):
        messages = [entry["message"].replace(self.address, "page") for entry in self.driver.get_log("browser")]
        print("console:", "; ".join(messages) or "nothing")

    def report_network(self):
        """What the page's policy has stopped was not asked for."""
        asked = {}
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.loadingFailed" and message["params"].get("blockedReason") == "csp":
                asked.pop(message["params"]["requestId"], None)
            if message["method"] == "Network.requestWillBeSent":
                address = message["params"]["request"]["url"]
                if address.split("#")[0] not in (self.address, "about:blank"):
                    asked[message["params"]["requestId"]] = address
        print("network:", " ".join(asked.values()) or "nothing")


# The others have several, with quotes around those that have blanks.
ONE_ARGUMENT = ("value", "print", "count", "click", "open")


def run():
    page, test = sys.argv[1:3]
    with open(test, encoding="utf-8") as lines:
        steps = [match[1] for line in lines if (match := re.match(r"STEP: (.*)", line))]
    driver = browser(int(sys.argv[3]) if len(sys.argv) > 3 else 1280)
    try:
        visit = Visit(driver, page)
        for step in steps:
            name, _, rest = step.partition(" ")
            arguments = [rest] if name in ONE_ARGUMENT else shlex.split(rest)
            getattr(visit, name)(*arguments)
            visit.settle()
        visit.report_console()
        visit.report_network()
    finally:
        driver.quit()


run()
