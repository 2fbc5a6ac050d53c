# syntax=docker/dockerfile:1
# The portal as a container image. docs/installing.md has its use; ops/package/assemble says what is in it.

FROM docker.io/library/eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
# A layer of its own: the dependencies change less often than the sources.
RUN ./mvnw -B -q -Ppackage dependency:go-offline
COPY src src
COPY ops/package ops/package
RUN ./mvnw -B -q package -DskipTests \
    && useradd --create-home --uid 10001 polaris-express \
    && mkdir --parents /usr/lib/polaris-express \
    && chown polaris-express /usr/lib/polaris-express
# In the place where it will run, and by an ordinary user: the training run starts a database.
USER polaris-express
RUN ops/package/assemble target/polaris-express-*.jar /usr/lib/polaris-express

FROM docker.io/library/debian:13-slim
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Polaris Express" \
      org.opencontainers.image.description="A self-hosted portal for EV charging on top of SteVe" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/debian:13-slim"

# PostgreSQL asks for the name of the user that it runs as.
RUN groupadd --gid 10001 polaris-express \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/polaris-express --no-create-home --shell /usr/sbin/nologin \
        polaris-express \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/polaris-express \
    && ln --symbolic ../lib/polaris-express/bin/polaris-express /usr/bin/polaris-express

# What changes least comes first.
COPY --from=build --chown=0:0 /usr/lib/polaris-express/runtime /usr/lib/polaris-express/runtime
COPY --from=build --chown=0:0 /usr/lib/polaris-express/postgresql /usr/lib/polaris-express/postgresql
COPY --from=build --chown=0:0 /usr/lib/polaris-express/lib /usr/lib/polaris-express/lib
COPY --from=build --chown=0:0 /usr/lib/polaris-express/bin /usr/lib/polaris-express/bin
COPY --from=build --chown=0:0 /usr/lib/polaris-express/jvm.options /usr/lib/polaris-express/polaris-express.jar \
    /usr/lib/polaris-express/polaris-express.aot /usr/lib/polaris-express/
# PostgreSQL counts as unpacked only if this file is not older than its directories.
RUN touch /usr/lib/polaris-express/postgresql/*/.exists

# With no other setting this is the demo, which a published port reaches only if it listens on all addresses.
ENV LANG=C.UTF-8 \
    POLARIS_DATA_DIRECTORY=/var/lib/polaris-express \
    POLARIS_DEMO_BIND=0.0.0.0
USER 10001:10001
WORKDIR /var/lib/polaris-express
VOLUME ["/var/lib/polaris-express"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=6s --start-period=60s \
    CMD ["polaris-express", "health"]
ENTRYPOINT ["polaris-express"]
CMD ["run"]
