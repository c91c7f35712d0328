# One image for the web process and the worker.
FROM python:3.12-slim AS fonts
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.12-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 CBM_VAR=/var/lib/cbm-advisor
WORKDIR /app
COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/base.txt
COPY --from=fonts /app/node_modules node_modules
COPY . .
RUN useradd --system cbm && install --directory --owner=cbm "$CBM_VAR"
USER cbm
VOLUME /var/lib/cbm-advisor
EXPOSE 8000
CMD ["gunicorn", "--config", "python:cbm_advisor.web_server", "--bind", "0.0.0.0:8000"]
