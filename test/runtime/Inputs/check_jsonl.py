import json
import os
import sys

for line in open(sys.argv[1], encoding="utf-8"):
    event = json.loads(line)
    assert event["pid"] > 0 and event["time"].endswith("Z")
    kind = event["kind"]
    if kind == "held":
        frame = event["acquired"]["frames"][0]
        print(
            "held connection=%d threshold_ms=%d state=%s db=%s call=%s %s %s:%d %s"
            % (
                event["connection"],
                event["threshold_ms"],
                event["state"],
                event["db"],
                event["acquired"]["call"],
                frame["function"],
                os.path.basename(frame["file"]),
                frame["line"],
                "build_id" if len(frame["build_id"]) == 40 and frame["offset"] and frame["module"] else "?",
            )
        )
        print("idle: last used by", event["last_used"]["call"])
    elif kind == "released":
        print("released connection=%d" % event["connection"])
    elif kind == "summary":
        print("summary held=%d leaked=%d" % (event["held"], event["leaked"]))
    else:
        print(kind)
