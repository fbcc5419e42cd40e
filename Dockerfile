# One image for web, workers and beat: they differ only in the command (see docker-compose.yml).

FROM node:24-bookworm-slim AS css
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY bin/build-css bin/build-css
COPY static/css static/css
RUN bin/build-css

FROM python:3.13-slim-bookworm AS packages
COPY requirements/installer.txt requirements/production.txt requirements/fonts.txt /requirements/
# The image needs neither pip nor uv: both stay behind here.
RUN pip install --no-cache-dir --require-hashes -r /requirements/installer.txt \
    && python -m venv --without-pip /venv \
    && uv pip install --no-cache --python /venv/bin/python --require-hashes -r /requirements/production.txt \
    && uv pip install --no-cache --target /fonts --require-hashes -r /requirements/fonts.txt

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    DATA_DIR=/data
# Debian's own security updates decide the versions; a pinned one would stop the build once it is replaced.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin wellbeing \
    && install --directory --owner=wellbeing --group=wellbeing --mode=0750 /data
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=css /app/build/static build/static
COPY --from=css /app/build/fonts build/fonts
COPY --from=packages /fonts/cvttf_NotoSansCJK_Regular/NotoSansCJKtc-Regular.otf build/fonts/
# Collecting static files needs settings, but no secret and no server: those of the demo will do.
RUN ENVIRONMENT=demo DATA_DIR=/tmp python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q . /venv
USER 10001
VOLUME /data
EXPOSE 8000
ENV ENVIRONMENT=production
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-m", "wellbeing.probe", "web"]
CMD ["gunicorn", "-c", "python:wellbeing.gunicorn", "wellbeing.wsgi"]
