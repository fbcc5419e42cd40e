"""Uploads on their way in (`wellbeing.lib.arrivals`)."""

from wellbeing.lib.arrivals import UploadHandler

BROKEN_OFF = (
    b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nTaxi\r\n'
    b'--x\r\nContent-Disposition: form-data; name="receipt"; filename="photo.jpg"\r\n'
    b"Content-Type: image/jpeg\r\n\r\nhalf of a pho"
)


def test_a_form_that_breaks_off_in_a_file_without_room_is_still_read(rf, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "missing")
    request = rf.generic("POST", "/", BROKEN_OFF, content_type="multipart/form-data; boundary=x")
    request.upload_handlers = [UploadHandler(request)]
    assert request.POST["note"] == "Taxi"
    assert not request.FILES
