# Gatehouse as a container: docker build -t gatehouse .
#
# The default target holds what production runs. The target "generator" holds the generator of logins beside it, for
# trying things out; no image holds a broker. Nothing here needs BuildKit, which only saves building what is not asked for.
#
# Base images may be any with Maven 3.8.7 and a JDK (to build), or with Java 17 or newer and bash (to run).
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-17
ARG JRE_IMAGE=eclipse-temurin:17-jre

FROM ${MAVEN_IMAGE} AS build
WORKDIR /source
COPY . .
RUN mvn -B -ntp -q -Dmaven.test.skip=true -pl app -am package && mv app/target/distribution/gatehouse-*/ /distribution

FROM build AS build-generator
RUN mvn -B -ntp -q -Dmaven.test.skip=true -pl lab -am package

FROM ${JRE_IMAGE} AS runtime
LABEL org.opencontainers.image.title="Gatehouse" \
      org.opencontainers.image.description="Turns a Kafka topic of user logins into knowledge, in real time, exactly once." \
      org.opencontainers.image.licenses="Apache-2.0"
# A number, so that platforms can tell that it is not root; a name, so that Java finds one.
RUN echo 'gatehouse:x:10001:10001:Gatehouse:/opt/gatehouse:/usr/sbin/nologin' >>/etc/passwd && \
    echo 'gatehouse:x:10001:' >>/etc/group
COPY --from=build /distribution /opt/gatehouse
# Java keeps the classes that a start needs, parsed and checked; a Java that cannot says nothing and does without.
RUN java -Xlog:disable -XX:ArchiveClassesAtExit=/opt/gatehouse/lib/classes.jsa -jar /opt/gatehouse/lib/gatehouse-app.jar rehearse
# The root may be read-only. /tmp must be writable, and allow execution: native libraries are unpacked there.
WORKDIR /tmp
USER 10001:10001

FROM runtime AS generator
LABEL org.opencontainers.image.title="Gatehouse's generator of logins"
COPY --from=build-generator /source/lab/target/gatehouse-lab.jar /opt/gatehouse/lib/
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-cp", "/opt/gatehouse/lib/*", \
            "io.gatehouse.lab.generate.Generator", "generate"]

FROM runtime AS gatehouse
COPY deploy/docker/health /opt/gatehouse/
# What is not heap (threads, buffers, code) takes some 200 MB. A process without memory ends, and is started again.
ENV GATEHOUSE_OPTS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
# HTTP is served on loopback, where the check below asks. Who wants it from outside sets http.address, and either a
# certificate or http.insecure: only they know who else is on the container's network.
EXPOSE 8080
# Live, not ready: supervisors end what is unhealthy, which must not happen to an instance that restores its users.
HEALTHCHECK --interval=10s --timeout=10s --start-period=60s --retries=3 CMD ["/opt/gatehouse/health", "live"]
# The launcher becomes Java, so that SIGTERM reaches it.
ENTRYPOINT ["/opt/gatehouse/gatehouse"]
CMD ["run"]
