"""Inputs at addresses of other file systems: an object store, and the disk by its address."""

import pytest

from tests.loading import SAMPLES, read_all
from transforms.captures.capture import RawCapture
from transforms.captures.inputs import list_inputs


@pytest.fixture(scope="module")
def bucket():
    """The samples in a bucket of an S3 server on this machine, whose address is in the environment."""
    s3fs = pytest.importorskip("s3fs", reason="needs winnow[s3]: make test-cluster")
    moto = pytest.importorskip("moto.server", reason="needs moto: make test-cluster")
    server = moto.ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "made-up")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_ENDPOINT_URL_S3", f"http://{host}:{port}")
        files = s3fs.S3FileSystem()
        files.mkdir("crawl")
        files.put(f"{SAMPLES}/", "s3://crawl/day/", recursive=True)
        yield "s3://crawl/day"
    server.stop()


def captures(address):
    """Return the captures below an address: the place in it, and the bytes."""
    found = [outcome for outcome in read_all(address) if isinstance(outcome, RawCapture)]
    assert all(one.source_uri.startswith(address) for one in found)
    return sorted((one.source_uri.removeprefix(address), one.content) for one in found)


def test_bucket_gives_what_its_folder_gives(bucket):
    assert captures(bucket) == captures(str(SAMPLES))


def test_file_in_a_bucket_has_a_stamp_that_stays(bucket):
    stamps = [[file.stamp for file in list_inputs([bucket])] for _ in range(2)]
    assert stamps[0] == stamps[1]
    assert None not in stamps[0]


def test_disk_by_its_address_is_the_disk():
    assert captures(SAMPLES.as_uri()) == captures(str(SAMPLES))
