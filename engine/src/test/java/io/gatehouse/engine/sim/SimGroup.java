package io.gatehouse.engine.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The group's coordinator: members, epochs, who owns what. A partition moves only after its owner has given it up or
 * was expelled. The epoch moves at once; members learn of it when they next poll.
 */
final class SimGroup {
    static final long SESSION_TIMEOUT_MS = 10_000;

    static final class Member {
        final String id;
        final Set<TopicPartition> owned = new HashSet<>();
        Set<TopicPartition> target = new HashSet<>();
        int epoch;
        long lastHeardMs;
        boolean expelled;

        Member(String id) {
            this.id = id;
        }
    }

    private final Random random;
    private final Supplier<List<TopicPartition>> partitions;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private int epoch;
    private int joins;

    /** @param partitions as they are when somebody joins or leaves */
    SimGroup(Random random, Supplier<List<TopicPartition>> partitions) {
        this.random = random;
        this.partitions = partitions;
    }

    Member join(long nowMs) {
        Member member = new Member("member-" + joins++);
        member.lastHeardMs = nowMs;
        members.put(member.id, member);
        rebalance();
        return member;
    }

    List<String> members() {
        return List.copyOf(members.keySet());
    }

    void leave(Member member) {
        if (members.remove(member.id) != null) {
            member.expelled = true;
            rebalance();
        }
    }

    void expelSilent(long nowMs) {
        for (Member member : List.copyOf(members.values())) {
            if (nowMs - member.lastHeardMs > SESSION_TIMEOUT_MS) {
                leave(member);
            }
        }
    }

    /** Deals the partitions out anew, at random: harsher than any real assignor. */
    void rebalance() {
        epoch++;
        List<Member> present = new ArrayList<>(members.values());
        present.forEach(member -> {
            member.target = new HashSet<>();
            member.epoch = epoch;
        });
        if (present.isEmpty()) {
            return;
        }
        for (TopicPartition partition : partitions.get()) {
            Member stays = present.stream()
                    .filter(member -> member.owned.contains(partition) && random.nextInt(3) > 0)
                    .findFirst()
                    .orElse(present.get(random.nextInt(present.size())));
            stays.target.add(partition);
        }
    }

    Set<TopicPartition> toRevoke(Member member) {
        Set<TopicPartition> surplus = new HashSet<>(member.owned);
        surplus.removeAll(member.target);
        return surplus;
    }

    Set<TopicPartition> toAssign(Member member) {
        Set<TopicPartition> fresh = new HashSet<>(member.target);
        fresh.removeIf(partition -> members.values().stream().anyMatch(other -> other.owned.contains(partition)));
        return fresh;
    }

    boolean accepts(String memberId, int memberEpoch) {
        Member member = members.get(memberId);
        return member != null && member.epoch == memberEpoch;
    }

    OffsetAndMetadata committed(TopicPartition partition) {
        return committed.get(partition);
    }

    /** Moves or deletes a committed offset, as other tools can. */
    void tamper(TopicPartition partition, OffsetAndMetadata offset) {
        if (offset == null) {
            committed.remove(partition);
        } else {
            committed.put(partition, offset);
        }
    }

    void apply(Map<TopicPartition, OffsetAndMetadata> offsets) {
        committed.putAll(offsets);
    }
}
