package io.gatehouse.peers.spring;

import io.gatehouse.peers.job.Login;
import io.gatehouse.peers.job.LoginJob;
import io.gatehouse.peers.job.Outcome;
import io.gatehouse.peers.job.Profiles;
import io.gatehouse.peers.job.UserProfile;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The users of one partition, and the job for their logins. */
final class Memory implements Profiles {
    private final LoginJob job;
    private final Map<String, UserProfile> profiles = new HashMap<>();

    Memory(LoginJob job) {
        this.job = job;
    }

    /** Locked for the sake of what the partition's former thread has written; two at a time never come. */
    synchronized Outcome process(ConsumerRecord<byte[], byte[]> record, long nowMs) {
        return job.process(record.value(), record.timestamp(), record.partition(), record.offset(), nowMs, this);
    }

    @Override
    public UserProfile get(Login login) {
        return profiles.get(login.userId());
    }

    @Override
    public void put(Login login, UserProfile profile) {
        profiles.put(login.userId(), profile);
    }
}
