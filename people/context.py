"""What every page needs: the service's name, navigation for this reader, the account menu."""

from django.conf import settings


def site(request):
    """Template context for the frame of each page."""
    return {"service_name": settings.SERVICE_NAME, "demo_mode": settings.DEMO_MODE}
