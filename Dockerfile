FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

# Pictures are written in it; without a Chinese font they would be in English.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*

# The libraries first: they change less often than the code.
COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes -r requirements/run.txt

COPY pyproject.toml README.md LICENSE ./
COPY bot bot
RUN pip install --no-deps --no-build-isolation .
COPY content content

RUN useradd --system --uid 10001 --home-dir /app kaoguan \
    && mkdir var && chown kaoguan var
USER kaoguan
VOLUME /app/var

ENV HTTP_HOST=0.0.0.0 HTTP_PORT=8080 LOG_FORMAT=json
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]

# Exec form: SIGTERM reaches the bot, which finishes what is in flight.
STOPSIGNAL SIGTERM
ENTRYPOINT ["kaoguan"]
CMD ["run"]
