#!/usr/bin/env bash
# kafka-run-class.sh CLASS ARGUMENT…: runs one of Kafka's classes.
set -eu

read -r -a options <<<"${KAFKA_HEAP_OPTS:--Xmx256m} ${KAFKA_OPTS:-}"
exec java "${options[@]}" -cp '/opt/kafka/libs/*' "$@"
