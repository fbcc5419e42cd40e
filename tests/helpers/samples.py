"""Files a person might send, made on the spot."""

import io

import pikepdf
import pillow_heif
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS = 0x8825
# Files as they come from the field.
FIELD = settings.BASE_DIR / "tests" / "lib" / "data" / "receipts"


def picture(size=(600, 800), mode="RGB", colour="white"):
    """A picture with a dark corner, so that which way up it is can be told."""
    image = Image.new(mode, size, colour)
    image.paste("black", (0, 0, size[0] // 4, size[1] // 4))
    return image


def exif_with_place(orientation=1):
    """EXIF that says where a photo was taken, by what, and which way up it is."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Invented Phones Ltd"
    place = exif.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (53.0, 48.0, 0.0), "W", (1.0, 33.0, 0.0)
    return exif


def jpeg(orientation=1, size=(600, 800)):
    out = io.BytesIO()
    picture(size).save(out, "JPEG", exif=exif_with_place(orientation), comment=b"secret comment")
    return out.getvalue()


def broken_jpeg():
    """A photo that looks whole from outside, so that only the worker that decodes it finds it broken."""
    return jpeg().replace(b"\xff\xc0", b"\xff\xe5", 1)


def png():
    out = io.BytesIO()
    picture(mode="RGBA", colour=(0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


def webp():
    out = io.BytesIO()
    picture().save(out, "WEBP", exif=exif_with_place())
    return out.getvalue()


def heic():
    out = io.BytesIO()
    image = pillow_heif.from_pillow(picture())
    image.save(out, exif=exif_with_place().tobytes())
    return out.getvalue()


def bomb():
    """A small PNG that opens to 400 million dots."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


def pdf(pages=1, password="", hidden=True):
    """A PDF with a page of text and, when `hidden`, a script, an attachment, metadata and a photo with its place."""
    document = pikepdf.new()
    for _number in range(pages):
        document.add_blank_page()
    page = document.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(b"BT /F1 24 Tf 72 700 Td (Train fare 12.50) Tj ET")
    if hidden:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('hello')"))
        document.Root.OpenAction = document.make_indirect(script)
        page.obj["/AA"] = pikepdf.Dictionary(O=script)
        page.obj["/Annots"] = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 99, 99],
                    A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://bad.example.org/")),
                )
            ]
        )
        document.attachments["hidden.exe"] = b"MZ not for you"
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = ["Secret Author"]
        document.docinfo["/Author"] = "Secret Author"
        photo = document.make_stream(jpeg())
        photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        photo.Width, photo.Height, photo.BitsPerComponent = 600, 800, 8
        photo.ColorSpace, photo.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
        page.Resources.XObject = pikepdf.Dictionary(Im1=photo)
    out = io.BytesIO()
    if password:
        document.save(out, encryption=pikepdf.Encryption(owner=password, user=password))
    else:
        document.save(out)
    return out.getvalue()


def upload(content, name="receipt.jpg"):
    """`content` as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")
