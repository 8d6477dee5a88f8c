#include "registry/Mailbox.h"

#include <semaphore.h>

namespace connsan::runtime {

namespace {

constexpr unsigned Room = 256;

std::mutex Mutex;
Mail Box[Room];
unsigned First = 0, Count = 0;
uint64_t Posted = 0;
std::atomic<uint64_t> Read;

sem_t Bell;

} // namespace

uint64_t post(const Mail &M) {
  BusyScope Scope;
  uint64_t Number;
  {
    std::lock_guard Lock(Mutex);
    if (Count == Room)
      return 0;
    Mail &Kept = Box[(First + Count++) % Room];
    Kept = M;
    Number = Kept.Number = ++Posted;
  }
  wakeWatcher();
  return Number;
}

void mailWasRead() {
  Read.fetch_add(1, std::memory_order_release);
}

uint64_t mailsRead() {
  return Read.load(std::memory_order_acquire);
}

bool takeMail(Mail &Out) {
  std::lock_guard Lock(Mutex);
  if (!Count)
    return false;
  Out = Box[First];
  First = (First + 1) % Room;
  --Count;
  return true;
}

void wakeWatcher() {
  sem_post(&Bell);
}

void sleepUntil(int64_t Deadline) {
  timespec Time{static_cast<time_t>(Deadline / 1'000'000'000), static_cast<long>(Deadline % 1'000'000'000)};
  sem_clockwait(&Bell, CLOCK_MONOTONIC, &Time);
}

std::mutex &mailMutex() {
  return Mutex;
}

void clearMail() {
  First = Count = 0;
  Posted = 0;
  Read.store(0);
  sem_init(&Bell, 0, 0);
}

} // namespace connsan::runtime
