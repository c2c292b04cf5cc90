"""Addresses of devices and faults, with and without a language prefix."""

from django.urls import path

from .views import device, faults, mine, voices, work

urlpatterns = [
    path("devices/<str:tag>/", device.device_page, name="device"),
    path("faults/", faults.fault_list, name="fault-list"),
    path("faults/mine/<str:key>/", mine.mine, name="fault-mine"),
    path("faults/<str:code>/", faults.fault_page, name="fault"),
    path("faults/<str:code>/me-too/", voices.me_too, name="fault-me-too"),
    path("faults/<str:code>/not-mended/", voices.not_mended, name="fault-not-mended"),
    path("faults/<str:code>/acts/<str:act>/", work.fault_work, name="fault-work"),
]
