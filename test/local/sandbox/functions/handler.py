import logging
import os
import sys

logging.getLogger().setLevel(logging.INFO)


def handler(event, context):
    if event.get("act") == "raise":
        raise KeyError("missing")
    if event.get("act") == "exit":
        os._exit(3)
    if event.get("act") == "set":
        return {1, 2}
    print("printed")
    logging.info("logged")
    return {"value": event["value"], "id": context.aws_request_id, "left": context.get_remaining_time_in_millis()}
