"""The few of curl's arguments that the tests use, on libcurl from the pycurl wheel, for machines without curl."""

import argparse
import io
import sys

import pycurl


def arguments():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("-s", "-S", "-N", "-sS", dest="_quiet", action="store_true")
    for version in ("--http1.1", "--http2", "--http2-prior-knowledge"):
        parser.add_argument(version, dest="version", action="store_const", const=version)
    for option in ("--cacert", "--max-time", "--data-binary"):
        parser.add_argument(option)
    parser.add_argument("-d", dest="data_binary")
    for letter in "XTDow":
        parser.add_argument(f"-{letter}", dest=letter)
    parser.add_argument("-H", dest="headers", action="append", default=[])
    parser.add_argument("url")
    return parser.parse_args()


def main():
    given = arguments()
    versions = {
        "--http1.1": pycurl.CURL_HTTP_VERSION_1_1,
        "--http2": pycurl.CURL_HTTP_VERSION_2TLS,
        "--http2-prior-knowledge": pycurl.CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE,
    }
    curl = pycurl.Curl()
    curl.setopt(pycurl.URL, given.url)
    curl.setopt(pycurl.HTTP_VERSION, versions[given.version or "--http1.1"])
    curl.setopt(pycurl.TIMEOUT, int(given.max_time or 60))
    curl.setopt(pycurl.NOPROXY, "*")
    if given.cacert:
        curl.setopt(pycurl.CAINFO, given.cacert)
    headers = given.headers + set_body(curl, given)
    curl.setopt(pycurl.HTTPHEADER, headers)
    if given.X:
        curl.setopt(pycurl.CUSTOMREQUEST, given.X)
    head = open(given.D, "wb") if given.D else None
    if head:
        curl.setopt(pycurl.HEADERFUNCTION, lambda line: head.write(line))
    body = open(given.o, "wb") if given.o else sys.stdout.buffer
    curl.setopt(pycurl.WRITEFUNCTION, lambda data: (body.write(data), body.flush())[0])
    curl.perform()
    if given.w:
        print({pycurl.CURL_HTTP_VERSION_1_1: "1.1"}.get(curl.getinfo(pycurl.INFO_HTTP_VERSION), "2"), end="")


def set_body(curl, given):
    """Sets the body, and gives the header lines that curl itself would add."""
    if given.data_binary:
        data = given.data_binary.encode()
        if data.startswith(b"@"):
            with open(data[1:], "rb") as file:
                data = file.read()
        curl.setopt(pycurl.POST, 1)
        curl.setopt(pycurl.POSTFIELDSIZE_LARGE, len(data))
        curl.setopt(pycurl.READFUNCTION, io.BytesIO(data).read)
        return []
    if given.T:
        curl.setopt(pycurl.UPLOAD, 1)
        curl.setopt(pycurl.READFUNCTION, sys.stdin.buffer.read)
        return ["Transfer-Encoding: chunked"] if given.version == "--http1.1" else []
    return []


if __name__ == "__main__":
    try:
        main()
    except pycurl.error as error:
        sys.exit(f"curl: ({error.args[0]}) {error.args[1]}")
