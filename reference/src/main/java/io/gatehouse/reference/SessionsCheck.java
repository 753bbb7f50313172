package io.gatehouse.reference;

import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Record;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Holds published sessions against those that there were. Of those that are settled, little is kept. */
final class SessionsCheck {
    private final Differences differences;
    /** Sessions that nothing changes any more, and whose last revision has not come. */
    private final Map<String, Session> ended = new HashMap<>();
    /** The last publications of sessions that are not settled. */
    private final Map<String, Published> latest = new HashMap<>();
    /** Sessions that have ended and were published as they ended: no other revision may come. */
    private final SessionIds settled = new SessionIds();

    /** @param partition of the topic of sessions */
    private record Published(Session session, long revision, int partition) {}

    /** @param differences receives what is wrong with records by themselves */
    SessionsCheck(Differences differences) {
        this.differences = differences;
    }

    /** Takes the next record of a partition. */
    void add(Record record) {
        Revision read = Revision.read(record.value());
        if (read == null) {
            differences.add(Kind.UNREADABLE, Checker.where(record), Excerpt.of(record.value()));
            return;
        }
        Session session = read.session();
        byte[] rewritten = session.value(read.number(), read.closedAtMs());
        if (!Checker.json(record.value()).equals(Checker.json(rewritten))) {
            differences.add(
                    Kind.SESSION,
                    Checker.where(record),
                    "would be " + text(rewritten) + " but is " + text(record.value()));
        }
        if (!Arrays.equals(record.key(), session.userId().getBytes(StandardCharsets.UTF_8))) {
            differences.add(
                    Kind.KEY,
                    Checker.where(record),
                    "must be " + session.userId() + " but is " + Excerpt.of(record.key()));
        }
        if (settled.contains(session.id())) {
            differences.add(
                    Kind.REVISIONS,
                    Checker.where(record),
                    "is revision " + read.number() + " of " + session.id() + ", whose last revision was there already");
            return;
        }
        Published published = new Published(session, read.number(), record.partition());
        checkSuccession(latest.put(session.id(), published), published, Checker.where(record));
        settle(session.id());
    }

    /** Takes a session that nothing changes any more. */
    void ended(Session session) {
        ended.put(session.id(), session);
        settle(session.id());
    }

    private void settle(String id) {
        Published published = latest.get(id);
        if (published != null && published.session.equals(ended.get(id))) {
            latest.remove(id);
            ended.remove(id);
            settled.add(id);
        }
    }

    /** How many sessions were published. */
    long sessions() {
        return latest.size() + settled.size();
    }

    private void checkSuccession(Published before, Published after, String where) {
        long due = before == null ? 1 : before.revision + 1;
        if (after.revision != due) {
            differences.add(Kind.REVISIONS, where, "is revision " + after.revision + " where " + due + " is due");
        }
        if (before == null) {
            return;
        }
        if (before.partition != after.partition) {
            differences.add(
                    Kind.REVISIONS,
                    where,
                    "has a revision in partition " + before.partition + ", so that no order holds");
        }
        if (!before.session.isEarlierStateOf(after.session) || before.session.logins() == after.session.logins()) {
            differences.add(Kind.REVISIONS, where, after.session + " cannot follow " + before.session);
        }
    }

    /**
     * Adds how the sessions' last revisions differ from what the lanes' judges say.
     *
     * @param allClosed whether silence has closed all sessions
     */
    void compare(Collection<Lane> lanes, boolean allClosed, Differences found) {
        Set<String> known = new HashSet<>(ended.keySet());
        ended.values().forEach(session -> compareClosed(session, found));
        for (Lane lane : lanes) {
            for (Session closed : lane.judge.closedSessions()) {
                known.add(closed.id());
                compareClosed(closed, found);
            }
            for (Session open : lane.judge.openSessions()) {
                known.add(open.id());
                if (allClosed) {
                    compareClosed(open, found);
                } else {
                    compareOpen(open, found);
                }
            }
        }
        findUnknown(known, found);
    }

    private void compareClosed(Session expected, Differences found) {
        Published published = latest.get(expected.id());
        if (published == null) {
            found.add(Kind.MISSING_SESSION, expected.id(), expected + " was never published");
        } else if (!published.session.equals(expected)) {
            found.add(Kind.SESSION, expected.id(), "must be " + expected + " but is " + published.session);
        }
    }

    /** A session may have been closed too soon, by silence on the clock: then its end is still to come. */
    private void compareOpen(Session expected, Differences found) {
        Published published = latest.get(expected.id());
        if (published != null && !published.session.isEarlierStateOf(expected)) {
            found.add(Kind.SESSION, expected.id(), "may become " + expected + " but is " + published.session);
        }
    }

    private void findUnknown(Set<String> known, Differences found) {
        latest.forEach((id, published) -> {
            if (!known.contains(id)) {
                found.add(Kind.UNKNOWN_SESSION, id, published.session + " was never there");
            }
        });
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
