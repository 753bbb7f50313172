package io.gatehouse.peers.job;

/** What becomes of each record: read, located, remembered, enriched. Not thread-safe: each thread has its own. */
public final class LoginJob {
    private final Places places;
    private final LoginReader reader = new LoginReader();
    private final LoginHash hash = new LoginHash();
    private final EnrichmentWriter writer;

    /** @param topic the input's name, which the enrichment tells */
    public LoginJob(Places places, String topic) {
        this.places = places;
        this.writer = new EnrichmentWriter(topic, hash);
    }

    /**
     * Takes the next record in its partition's order.
     *
     * @param value may be null
     * @param recordTimestampMs the record's own Kafka timestamp, epoch milliseconds; negative when it has none
     * @param nowMs wall clock, epoch milliseconds
     * @param profiles are asked at most once, and told at most once
     */
    public Outcome process(
            byte[] value, long recordTimestampMs, int partition, long offset, long nowMs, Profiles profiles) {
        Reading reading = reader.read(value, recordTimestampMs);
        if (reading instanceof Refusal refusal) {
            return refusal;
        }
        Login login = (Login) reading;
        String category = IpCategory.of(login.ip());
        Places.Place place = category.equals(IpCategory.PUBLIC) ? places.find(login.ip()) : null;
        UserProfile known = profiles.get(login);
        UserProfile profile = known == null ? new UserProfile() : known;
        Visit visit = profile.visit(login, hash);
        if (visit.isRemembered()) {
            profiles.put(login, profile);
        }
        byte[] enriched = writer.write(value, login, category, place, visit, partition, offset, nowMs);
        return new Outcome.Processed(login.key(), enriched);
    }
}
