"""The Python runtime of an execution environment: asks the Runtime API for events and hands them to the handler.

Standard library only, so that any python3 will do. Usage: python3 -u python.py <file> <handler>
"""

import http.client
import importlib
import json
import logging
import os
import re
import sys
import time
import traceback

file, handler_name = sys.argv[1:3]
del sys.argv[1:]
root = os.environ["LAMBDA_TASK_ROOT"]
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
is_json = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"


class Context:
    """What a handler gets as its second argument."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = None
        self.client_context = None
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))


class Formatter(logging.Formatter):
    """Log records as Lambda writes them: tab separated, or one JSON object a line."""

    converter = time.gmtime
    request_id = ""

    def format(self, record):
        timestamp = "%s.%03dZ" % (self.formatTime(record, "%Y-%m-%dT%H:%M:%S"), record.msecs)
        message = record.getMessage()
        if record.exc_info:
            message += "\n" + self.formatException(record.exc_info)
        if not is_json:
            return "[%s]\t%s\t%s\t%s" % (record.levelname, timestamp, Formatter.request_id, message)
        return json.dumps(
            {
                "timestamp": timestamp,
                "level": record.levelname,
                "message": message,
                "logger": record.name,
                "requestId": Formatter.request_id,
            }
        )


def main():
    start_logging()
    handler = load()
    while True:
        headers, body = call("GET", "invocation/next")
        path = "invocation/" + headers["Lambda-Runtime-Aws-Request-Id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers["Lambda-Runtime-Trace-Id"] or ""
        Formatter.request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        try:
            result = handler(json.loads(body), Context(headers))
            answer = serialize(result)
        except Exception as error:
            report(path + "/error", error, type(error).__name__)
            continue
        call("POST", path + "/response", answer)


def load():
    module_path = os.path.splitext(os.path.relpath(file, root))[0]
    sys.path.insert(0, root)
    # Imports beside the handler work as they do in Lambda, where the root of the package is on the path.
    if os.path.dirname(file) not in sys.path:
        sys.path.append(os.path.dirname(file))
    try:
        found = importlib.import_module(module_path.replace(os.sep, "."))
        for name in handler_name.split("."):
            found = getattr(found, name)
        return found
    except BaseException as error:
        report("init/error", error, init_error_type(error))
        sys.exit(1)


def init_error_type(error):
    if isinstance(error, ImportError):
        return "Runtime.ImportModuleError"
    if isinstance(error, SyntaxError):
        return "Runtime.UserCodeSyntaxError"
    if isinstance(error, AttributeError) and handler_name in str(error):
        return "Runtime.HandlerNotFound"
    return type(error).__name__


def serialize(result):
    try:
        return json.dumps(result).encode()
    except (TypeError, ValueError) as error:
        raise MarshalError("Unable to marshal response: %s" % error) from None


class MarshalError(Exception):
    pass


MarshalError.__name__ = "Runtime.MarshalError"


def report(path, error, error_type):
    frames = traceback.format_list(traceback.extract_tb(error.__traceback__)[1:])
    document = {"errorMessage": str(error), "errorType": error_type, "stackTrace": frames}
    print("[ERROR] %s: %s\nTraceback (most recent call last):\n%s" % (error_type, error, "".join(frames)))
    header = re.sub(r"[^\x20-\x7e]", "?", error_type)
    call("POST", path, json.dumps(document).encode(), {"Lambda-Runtime-Function-Error-Type": header})


def call(method, path, body=None, headers=None):
    try:
        api.request(method, "/2018-06-01/runtime/" + path, body, headers or {})
        response = api.getresponse()
        return response.headers, response.read()
    except (OSError, http.client.HTTPException):
        # Without its API an environment has no reason to live: who started it is gone.
        os._exit(1)


def start_logging():
    output = logging.StreamHandler(sys.stdout)
    output.setFormatter(Formatter())
    logging.getLogger().addHandler(output)


main()
