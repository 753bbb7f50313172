package io.gatehouse.core.tally;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpCategory;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Platform;
import io.gatehouse.core.login.Text;
import io.gatehouse.core.login.Verdict;

/** What is counted of the logins of one window of event time. Reused for one window after another. */
final class LoginWindow {
    /** Headings of {@code by} whose values are open-ended. */
    private enum Heading {
        COUNTRY("country"),
        REGION("region"),
        VERSION("version"),
        LOCALE("locale");

        private final String label;

        Heading(String label) {
            this.label = label;
        }

        private int firstCount() {
            return NAMED + ordinal() * (Names.MOST + 1);
        }
    }

    private static final Heading[] HEADINGS = Heading.values();

    // Where counts lie.
    private static final int LOGINS = 0;
    private static final int NEW_USERS = 1;
    private static final int SESSIONS_STARTED = 2;
    private static final int SESSIONS_CLOSED = 3;
    private static final int LATE = 4;
    private static final int DUPLICATES = 5;
    private static final int LATE_DROPPED = 6;
    /** What {@link #events} was when the window was last published. */
    private static final int PUBLISHED = 7;

    private static final int CATEGORIES = 8;
    private static final int PLATFORMS = CATEGORIES + IpCategory.values().length;
    private static final int HOUR_OF_DAY = PLATFORMS + Platform.values().length;
    private static final int DAY_OF_WEEK = HOUR_OF_DAY + Calendar.HOURS;
    private static final int DELAYS = DAY_OF_WEEK + Calendar.DAYS.length;
    private static final int NAMED = DELAYS + DelayBuckets.COUNT;
    private static final int SIZE = NAMED + HEADINGS.length * (Names.MOST + 1);

    private final Counts counts = new Counts(SIZE);
    private final UserSketch users = new UserSketch();
    private final Names[] names = new Names[HEADINGS.length];
    private final PlaceNames countries;
    private final PlaceNames regions;
    private GeoTable geo;

    LoginWindow() {
        for (int i = 0; i < names.length; i++) {
            names[i] = new Names();
        }
        countries = new PlaceNames(names[Heading.COUNTRY.ordinal()]);
        regions = new PlaceNames(names[Heading.REGION.ordinal()]);
        useGeo(GeoTable.empty());
    }

    /** Begins another window, in which nothing has been counted. */
    void clear() {
        counts.clear();
        users.clear();
        for (Names heading : names) {
            heading.clear();
        }
        useGeo(geo);
    }

    private void useGeo(GeoTable table) {
        geo = table;
        countries.clear(table.countries());
        regions.clear(table.regions());
    }

    /**
     * Counts a login.
     *
     * @param table where the verdict's place comes from
     * @param calendar the hour that its event time lies in
     */
    void count(Login login, Verdict verdict, GeoTable table, Calendar calendar, long delayMs) {
        counts.increment(LOGINS);
        countIf(verdict.isNewUser(), NEW_USERS);
        countIf(verdict.sessionIsNew(), SESSIONS_STARTED);
        countIf(verdict.isLate(), LATE);
        countIf(verdict.isDuplicate(), DUPLICATES);
        counts.increment(CATEGORIES + verdict.ipCategory().ordinal());
        counts.increment(PLATFORMS + verdict.platform().ordinal());
        counts.increment(HOUR_OF_DAY + calendar.hourOfDay());
        counts.increment(DAY_OF_WEEK + calendar.dayOfWeek());
        counts.increment(DELAYS + DelayBuckets.of(delayMs));
        if (verdict.place() != GeoTable.NOWHERE) {
            countPlace(verdict.place(), table);
        }
        countText(Heading.VERSION, login.appVersion());
        countText(Heading.LOCALE, login.locale());
        users.add(login.userId());
    }

    private void countIf(boolean holds, int index) {
        if (holds) {
            counts.increment(index);
        }
    }

    private void countPlace(int place, GeoTable table) {
        if (table != geo) {
            useGeo(table);
        }
        int country = table.countryOf(place);
        int number = countries.numberOf(country);
        countNumber(
                Heading.COUNTRY,
                number == PlaceNames.UNKNOWN ? countries.look(country, table.countryCode(country)) : number);
        int region = table.regionOf(place);
        number = regions.numberOf(region);
        countNumber(
                Heading.REGION, number == PlaceNames.UNKNOWN ? regions.look(region, table.regionName(region)) : number);
    }

    private void countNumber(Heading heading, int number) {
        if (number != PlaceNames.NONE) {
            counts.increment(heading.firstCount() + number);
        }
    }

    private void countText(Heading heading, Text text) {
        if (text.isPresent()) {
            int number = names[heading.ordinal()].numberOf(text.bytes(), text.from(), text.to());
            counts.increment(heading.firstCount() + number);
        }
    }

    void countLateDropped() {
        counts.increment(LATE_DROPPED);
    }

    void countClosedSessions(int sessions) {
        counts.set(SESSIONS_CLOSED, counts.get(SESSIONS_CLOSED) + sessions);
    }

    /** How often anything was counted. */
    private long events() {
        return counts.get(LOGINS) + counts.get(LATE_DROPPED) + counts.get(SESSIONS_CLOSED);
    }

    /** Whether anything was counted since the window was last published. */
    boolean isUnpublished() {
        return events() != counts.get(PUBLISHED);
    }

    void published() {
        counts.set(PUBLISHED, events());
    }

    void forgetJournal() {
        counts.forgetJournal();
        users.forgetJournal();
        for (Names heading : names) {
            heading.forgetJournal();
        }
    }

    /** Writes what the journal does not have of this window. */
    void drain(ImageWriter to) {
        counts.drain(to);
        users.drain(to);
        to.begin(ImageFormat.NAMES);
        for (int heading = 0; heading < names.length; heading++) {
            names[heading].drain(heading, to);
        }
        to.end();
    }

    void restoreCount(int index, long count) {
        counts.restore(index, count);
    }

    void restoreRegister(int register, byte rank) {
        users.restore(register, rank);
    }

    void restoreName(int heading, int number, byte[] name) {
        if (heading >= names.length) {
            throw new IllegalArgumentException("not an image of statistics: with a heading that there is not");
        }
        names[heading].restore(number, name);
    }

    /** Writes the members that are this window's own. */
    void write(JsonText json) {
        json.member("logins", counts.get(LOGINS));
        json.member("new_users", counts.get(NEW_USERS));
        json.member("sessions_started", counts.get(SESSIONS_STARTED));
        json.member("sessions_closed", counts.get(SESSIONS_CLOSED));
        json.member("late", counts.get(LATE));
        json.member("duplicates", counts.get(DUPLICATES));
        json.member("late_dropped", counts.get(LATE_DROPPED));
        json.beginObject("by");
        json.beginObject("ip_category");
        for (IpCategory category : IpCategory.values()) {
            json.memberIfCounted(category.label(), counts.get(CATEGORIES + category.ordinal()));
        }
        json.end();
        writeNamed(json, Heading.COUNTRY);
        writeNamed(json, Heading.REGION);
        json.beginObject("platform");
        for (Platform platform : Platform.values()) {
            json.memberIfCounted(platform.label(), counts.get(PLATFORMS + platform.ordinal()));
        }
        json.end();
        writeNamed(json, Heading.VERSION);
        writeNamed(json, Heading.LOCALE);
        json.beginObject("hour_of_day");
        for (int hour = 0; hour < Calendar.HOURS; hour++) {
            json.memberIfCounted(Integer.toString(hour), counts.get(HOUR_OF_DAY + hour));
        }
        json.end();
        json.beginObject("day_of_week");
        for (int day = 0; day < Calendar.DAYS.length; day++) {
            json.memberIfCounted(Calendar.DAYS[day], counts.get(DAY_OF_WEEK + day));
        }
        json.end();
        json.end();
        json.beginObject("distinct_users");
        json.member("estimate", users.estimate());
        json.member("sketch", users.text());
        json.end();
        json.beginObject("processing_delay_ms");
        json.beginObject("buckets");
        for (int bucket = 0; bucket < DelayBuckets.COUNT; bucket++) {
            json.memberIfCounted(DelayBuckets.name(bucket), counts.get(DELAYS + bucket));
        }
        json.end();
        json.end();
    }

    private void writeNamed(JsonText json, Heading heading) {
        Names named = names[heading.ordinal()];
        json.beginObject(heading.label);
        for (int number = 0; number < named.size(); number++) {
            json.memberIfCounted(named.name(number), counts.get(heading.firstCount() + number));
        }
        json.memberIfCounted(named.name(Names.OTHER), counts.get(heading.firstCount() + Names.OTHER));
        json.end();
    }
}
