"""Files of reports in an S3-compatible store: a real server that speaks S3, in a process of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import boto3
import pytest
from django.conf import settings as site
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from cbm_advisor import settings as written
from cbm_advisor.services import processes
from proposals.models import Revision
from reports.asking import Wanted
from reports.domain import remove, request, retry
from reports.files import stored
from reports.keeping import expire_reports
from reports.making import render
from reports.models import Report
from tests.personas import Person
from tests.reports.rows import now, report_of
from tests.running import eventually, free_port

pytestmark = pytest.mark.usefixtures("sent")
BUCKET = "reports-of-a-ministry"
KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_EC2_METADATA_DISABLED": "true"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the store answers."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    program = processes.Program(
        name="store",
        command=[sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        environment={**os.environ, **KEYS},
        folder=site.BASE_DIR,
    )
    with (tmp_path_factory.mktemp("store") / "log").open("wb") as output:
        process = processes.start(program, output)
    assert eventually(lambda: urlopen(f"{address}/moto-api/", timeout=2).status == 200)
    yield address
    processes.stop((program, process))


@pytest.fixture
def bucket(server: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket, which the settings say to use."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(written, "S3", {"BUCKET": BUCKET, "ENDPOINT": server, "REGION": "us-east-1"})
    made = boto3.resource("s3", endpoint_url=server, region_name="us-east-1").create_bucket(Bucket=BUCKET)
    settings.STORAGES = {**settings.STORAGES, "default": written.file_storage()}
    yield made
    made.objects.all().delete()
    made.delete()


def names(bucket: Any) -> list[str]:
    """What lies in the bucket."""
    return [each.key for each in bucket.objects.all()]


def test_report_goes_into_the_bucket_by_its_content_and_comes_out_through_the_application(
    bucket: Any, mediator: Person, outsider: Person, observer: Person, revision: Revision
) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    render(report.pk)
    assert (now(report).state, now(report).error) == ("done", "")
    (name,) = names(bucket)
    content = bucket.Object(name).get()["Body"].read()
    digest = hashlib.sha256(content).hexdigest()
    assert name == now(report).file.name == f"reports/{digest[:2]}/{digest}.pdf"
    address = reverse("reports:download", args=[report.pk])
    download = mediator.client.get(address)
    assert b"".join(download) == content
    assert download.headers["Content-Length"] == str(len(content))
    assert download.headers["Cache-Control"] == "private, no-store"
    assert [who.client.get(address).status_code for who in (observer, outsider)] == [403, 404]


def test_page_leads_nowhere_but_to_the_application(
    bucket: Any, server: str, mediator: Person, revision: Revision
) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    render(report.pk)
    page = mediator.client.get(report.get_absolute_url()).content.decode()
    assert server not in page
    assert str(now(report).file.name) not in page


def test_same_content_lies_there_once_and_goes_with_the_last_report(bucket: Any, revision: Revision) -> None:
    reports = []
    for language in ("en", "fr"):
        with stored(b"%PDF the same", "pdf") as name:
            reports.append(report_of(revision, state="done", file=name, language=language))
    assert len(names(bucket)) == 1
    remove(reports[0], by=revision.author)
    assert len(names(bucket)) == 1
    remove(reports[1], by=revision.author)
    assert names(bucket) == []


def test_what_no_report_refers_to_is_not_left_there(bucket: Any, db: None) -> None:
    with stored(b"%PDF nobody's", "pdf") as name:
        assert names(bucket) == [name]
    assert names(bucket) == []


def test_expired_report_leaves_the_bucket_and_can_be_made_again(bucket: Any, revision: Revision) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    render(report.pk)
    Report.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert expire_reports() == 1
    assert names(bucket) == []
    retry(now(report), by=revision.author)
    render(report.pk)
    assert names(bucket) == [now(report).file.name]


def test_half_of_a_file_is_replaced(bucket: Any, revision: Revision) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    render(report.pk)
    whole = now(report).file.read()
    bucket.Object(now(report).file.name).put(Body=whole[:1000])
    Report.objects.update(state="queued")
    render(report.pk)
    assert now(report).file.read() == whole


def test_file_that_is_gone_is_told(bucket: Any, mediator: Person, revision: Revision) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    render(report.pk)
    bucket.objects.all().delete()
    page = mediator.client.get(reverse("reports:download", args=[report.pk]), follow=True).content.decode()
    assert "The file is no longer there. Make it again." in page
    assert now(report).state == "expired"


def test_store_that_is_away_costs_nothing(
    bucket: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch, mediator: Person, revision: Revision
) -> None:
    made = request(Wanted(revision=revision), by=revision.author)
    render(made.pk)
    there = settings.STORAGES
    with monkeypatch.context() as away:
        away.setattr(written, "S3", {**written.S3, "ENDPOINT": f"http://127.0.0.1:{free_port()}"})
        settings.STORAGES = {**there, "default": written.file_storage()}
        page = mediator.client.get(reverse("reports:download", args=[made.pk]), follow=True).content.decode()
        assert "cannot be reached at the moment" in page
        other = request(Wanted(revision=revision, paper="us-letter"), by=revision.author)
        render(other.pk)
        assert now(other).state == "failed"
    settings.STORAGES = there
    assert mediator.client.get(reverse("reports:download", args=[made.pk])).status_code == 200
    retry(now(other), by=revision.author)
    render(other.pk)
    assert now(other).state == "done"


def test_bucket_answers_nobody_without_its_keys_by_our_doing(bucket: Any, server: str, revision: Revision) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    render(report.pk)
    grants = bucket.Object(now(report).file.name).Acl().grants
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
    with pytest.raises(HTTPError):
        urlopen(f"{server}/{BUCKET}/{now(report).file.name}", timeout=5)


def test_endpoint_without_a_bucket_is_refused_with_its_name() -> None:
    environment = {**os.environ, "CBM_S3_ENDPOINT": "https://s3.example.org", "CBM_S3_BUCKET": ""}
    started = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=site.BASE_DIR, env=environment, capture_output=True, check=False
    )
    assert started.returncode != 0
    assert b"CBM_S3_BUCKET is not set" in started.stderr
