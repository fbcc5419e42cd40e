"""Private files in a bucket of a real server that speaks S3, and what happens while that server is away."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from moto.server import ThreadedMotoServer

from payments.claims import tasks as claim_tasks
from payments.claims.actions import filling
from payments.claims.transitions import ClaimError
from payments.models import Receipt
from people.models import FileToRemove, LetterBatch
from people.privacy.timed import remove_files
from tests.helpers import samples
from wellbeing import installation
from wellbeing.settings import objects

BUCKET = "wellbeing-files"
ACCOUNT = {
    "OBJECT_STORAGE_KEY_ID": "invented",
    "OBJECT_STORAGE_SECRET": "invented",
    "OBJECT_STORAGE_REGION": "eu-west-2",
}


@pytest.fixture(scope="module")
def server():
    """A server with an empty bucket; yields its address."""
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    yield f"http://{host}:{port}"
    started.stop()


def use(settings, address):
    """Keep files at the server at `address` from now on. Return the storage."""
    entry = objects.storage(BUCKET, {**ACCOUNT, "OBJECT_STORAGE_URL": address})
    settings.STORAGES = {**settings.STORAGES, "default": entry}
    settings.OBJECT_STORAGE_BUCKET = BUCKET
    return default_storage


@pytest.fixture
def bucket(settings, server):
    """The storage of the bucket, emptied."""
    storage = use(settings, server)
    place = storage.connection.Bucket(BUCKET)
    if place.creation_date is None:
        place.create(CreateBucketConfiguration={"LocationConstraint": ACCOUNT["OBJECT_STORAGE_REGION"]})
    place.objects.delete()
    return storage


@pytest.fixture
def send(scene, claim_in):
    """fn() -> the receipt of a new expense."""

    def send_one():
        filling.add_expense(
            claim=claim_in("draft"),
            by=scene.person,
            kind="parking",
            description="Car park",
            amount_pence=500,
            file=samples.upload(samples.jpeg(), "../../my holiday.jpg"),
        )
        return Receipt.objects.latest("pk")

    return send_one


def names(storage):
    """The names of all that lies in the bucket."""
    return [each.key for each in storage.connection.Bucket(BUCKET).objects.all()]


def test_a_receipt_is_checked_shown_and_taken_off_in_a_bucket(
    bucket, send, scene, signed_in, django_capture_on_commit_callbacks
):
    receipt = send()
    (arrived,) = names(bucket)
    assert arrived.startswith("private/receipts/")
    with django_capture_on_commit_callbacks(execute=True):
        claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "ready"
    assert names(bucket) == [f"private/{receipt.file.name}"], "what arrived is gone"

    page = signed_in(scene.person).get(reverse("receipt", args=[receipt.pk]))
    assert b"".join(page.streaming_content) == receipt.file.open("rb").read()
    assert page["Content-Type"] == "image/jpeg"

    line = receipt.lines.get()
    with django_capture_on_commit_callbacks(execute=True):
        filling.remove_line(line=line, by=scene.person)
    assert names(bucket) == []


def test_two_files_of_one_name_are_two_objects(bucket):
    first = bucket.save("documents/1/schedule.pdf", ContentFile(b"one"))
    second = bucket.save("documents/1/schedule.pdf", ContentFile(b"two"))
    assert first != second
    bucket.delete(second)
    assert bucket.open(first).read() == b"one"
    assert bucket.size(first) == 3
    assert bucket.listdir("documents/1")[1] == [first.rpartition("/")[2]]
    assert bucket.listdir("letters/parts/1") == ([], [])
    with pytest.raises(FileNotFoundError):
        bucket.open(second)
    with pytest.raises(ValueError, match="not accessible"):
        bucket.url(first)


def test_parts_of_letters_go_although_a_bucket_has_no_folders(bucket, db):
    from people.messages.letters.batches import _drop_parts

    bucket.save("letters/parts/7/part.pdf", ContentFile(b"half"))
    _drop_parts(LetterBatch(pk=7))
    _drop_parts(LetterBatch(pk=7))
    assert names(bucket) == []


def test_a_server_that_is_away_is_told_beside_the_field_and_nothing_is_kept(settings, send, bucket):
    use(settings, "http://127.0.0.1:1")
    with pytest.raises(ClaimError) as refusal:
        send()
    assert refusal.value.field == "receipt"
    assert not Receipt.objects.exists()
    for ask in (bucket.exists, bucket.delete, bucket.listdir, bucket.size, bucket.open):
        with pytest.raises(OSError, match="object storage failed"):
            ask("receipts/x.jpg")


def test_a_file_that_cannot_be_removed_goes_as_soon_as_the_server_is_back(
    settings, send, bucket, server, scene, django_capture_on_commit_callbacks
):
    receipt = send()
    use(settings, "http://127.0.0.1:1")
    with django_capture_on_commit_callbacks(execute=True):
        filling.remove_line(line=receipt.lines.get(), by=scene.person)
    assert not Receipt.objects.exists()
    assert FileToRemove.objects.get().name == receipt.file.name
    assert remove_files() == 0
    use(settings, server)
    assert names(default_storage) == [f"private/{receipt.file.name}"]
    assert remove_files() == 1
    assert names(default_storage) == []
    assert not FileToRemove.objects.exists()


def test_a_receipt_waits_while_the_server_is_away(settings, send, bucket, server):
    receipt = send()
    use(settings, "http://127.0.0.1:1")
    with pytest.raises(OSError, match="object storage failed"):
        claim_tasks.clean_receipt.run(receipt.pk)
    receipt.refresh_from_db()
    assert (receipt.status, receipt.tries) == ("checking", 0)
    use(settings, server)
    claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "ready"


def test_administrators_read_where_files_lie(bucket):
    assert {"label": "Room for files", "value": f"In object storage, in the bucket {BUCKET}"} in installation.facts()


def test_half_an_account_is_refused():
    with pytest.raises(ImproperlyConfigured, match="need each other"):
        objects.storage(BUCKET, {"OBJECT_STORAGE_KEY_ID": "invented"})
    own_right = objects.storage(BUCKET, {"OBJECT_STORAGE_ENCRYPTION": "AES256"})["OPTIONS"]
    assert own_right["access_key"] is None
    assert own_right["object_parameters"] == {"ServerSideEncryption": "AES256"}
