package io.gatehouse.peers.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.peers.job.Contestant;
import io.gatehouse.peers.job.LoginJob;
import io.gatehouse.peers.job.Outcome;
import io.gatehouse.peers.job.Places;
import io.gatehouse.peers.job.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.support.SendResult;

/** Does the job for the batches of all consumers, and returns from each when everything it sent is acknowledged. */
final class LoginListener implements BatchMessageListener<byte[], byte[]> {
    private final Places places;
    private final KafkaTemplate<byte[], byte[]> template;
    private final String processed;
    private final String deadLetters;
    /** By partition: one that moves from one of this process's threads to another takes its users along. */
    private final Map<Integer, Memory> memories = new ConcurrentHashMap<>();

    LoginListener(Places places, KafkaTemplate<byte[], byte[]> template, String processed, String deadLetters) {
        this.places = places;
        this.template = template;
        this.processed = processed;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> batch) {
        try {
            long nowMs = System.currentTimeMillis();
            List<CompletableFuture<SendResult<byte[], byte[]>>> sends = new ArrayList<>(batch.size());
            for (ConsumerRecord<byte[], byte[]> record : batch) {
                sends.add(template.send(result(record, nowMs)));
            }
            template.flush();
            sends.forEach(CompletableFuture::join);
        } catch (RuntimeException e) {
            // Handed on, it would be tried again, over a memory that knows these logins already.
            Contestant.fail(e);
        }
    }

    private ProducerRecord<byte[], byte[]> result(ConsumerRecord<byte[], byte[]> record, long nowMs) {
        Memory memory = memories.computeIfAbsent(
                record.partition(), partition -> new Memory(new LoginJob(places, record.topic())));
        Outcome outcome = memory.process(record, nowMs);
        if (outcome instanceof Outcome.Processed login) {
            return new ProducerRecord<>(processed, null, null, login.key(), login.value(), record.headers());
        }
        return new ProducerRecord<>(
                deadLetters, null, null, record.key(), record.value(), headers(record, (Refusal) outcome));
    }

    private static Headers headers(ConsumerRecord<byte[], byte[]> record, Refusal refusal) {
        Headers headers = new RecordHeaders(record.headers());
        headers.add(Refusal.REASON_HEADER, refusal.reason().getBytes(UTF_8));
        if (refusal.field() != null) {
            headers.add(Refusal.FIELD_HEADER, refusal.field().getBytes(UTF_8));
        }
        return headers;
    }
}
