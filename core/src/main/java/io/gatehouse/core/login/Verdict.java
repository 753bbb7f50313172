package io.gatehouse.core.login;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpCategory;

/**
 * What is found out about one login: each step writes its part, the encoder reads all of it. Reused from login to login,
 * so that judging allocates nothing; {@link #begin} forgets the one before.
 */
public final class Verdict {
    /** {@link #gapSeconds} of a user's first login: the contract's null. */
    public static final long NO_GAP = -1;

    private static final int NO_CHANGE = -1;
    private static final IpCategory[] CATEGORIES = IpCategory.values();
    private static final Platform[] PLATFORMS = Platform.values();
    private static final VersionChange[] CHANGES = VersionChange.values();

    // Constants by number: storing a reference in an object as old as this costs a memory fence under G1.
    private int ipCategory;
    private int place;
    private int countryLetters;
    private int platform;
    private long version;
    private int versionChange;
    private boolean deviceIsNew;
    private int knownDevices;
    private boolean inSession;
    private boolean sessionIsNew;
    private long sessionId;
    private int sessionNumber;
    private int sessionLogin;
    private long sessionStartMs;
    private long gapSeconds;
    private boolean late;
    private boolean duplicate;

    /**
     * Starts with what the login's own fields say, and as if nothing were known of its user.
     *
     * @param category of its address
     * @param newPlace a place of the geo table, or {@link GeoTable#NOWHERE}
     */
    public void begin(Login login, IpCategory category, int newPlace) {
        ipCategory = category.ordinal();
        place = newPlace;
        countryLetters = 0;
        platform = Platform.of(login.deviceType()).ordinal();
        version = AppVersion.parse(login.appVersion());
        versionChange = NO_CHANGE;
        deviceIsNew = false;
        knownDevices = 0;
        inSession = false;
        sessionIsNew = false;
        late = false;
        duplicate = false;
    }

    /** @param letters of the place's country, as {@link GeoTable#countryLetters} gives them */
    public void setCountry(int letters) {
        countryLetters = letters;
    }

    /** @param known how many devices the user has, this one counted */
    public void setDevice(boolean isNew, int known) {
        deviceIsNew = isNew;
        knownDevices = known;
    }

    /** Not called for a login older than the device's last use: then the change stays null. */
    public void setVersionChange(VersionChange change) {
        versionChange = change.ordinal();
    }

    /** @param newGapSeconds whole seconds since the user's last login, or {@link #NO_GAP} */
    public void setSession(long id, boolean isNew, int number, int login, long startMs, long newGapSeconds) {
        inSession = true;
        sessionId = id;
        sessionIsNew = isNew;
        sessionNumber = number;
        sessionLogin = login;
        sessionStartMs = startMs;
        gapSeconds = newGapSeconds;
    }

    public void setLate(boolean isLate) {
        late = isLate;
    }

    public void setDuplicate(boolean isDuplicate) {
        duplicate = isDuplicate;
    }

    public IpCategory ipCategory() {
        return CATEGORIES[ipCategory];
    }

    /** The login's place in the geo table, or {@link GeoTable#NOWHERE}. */
    public int place() {
        return place;
    }

    /** What {@link #setCountry} was told; 0 when the country is not known. */
    public int countryLetters() {
        return countryLetters;
    }

    public Platform platform() {
        return PLATFORMS[platform];
    }

    /** The app version packed as {@link AppVersion#parse} does; negative when there is none. */
    public long version() {
        return version;
    }

    boolean deviceIsNew() {
        return deviceIsNew;
    }

    int knownDevices() {
        return knownDevices;
    }

    VersionChange versionChange() {
        return versionChange == NO_CHANGE ? null : CHANGES[versionChange];
    }

    boolean isInSession() {
        return inSession;
    }

    long sessionId() {
        return sessionId;
    }

    /** Whether this login began a session. */
    public boolean sessionIsNew() {
        return sessionIsNew;
    }

    int sessionNumber() {
        return sessionNumber;
    }

    int sessionLogin() {
        return sessionLogin;
    }

    long sessionStartMs() {
        return sessionStartMs;
    }

    long gapSeconds() {
        return gapSeconds;
    }

    /** Whether this login is its user's first: a user's sessions are numbered from 1. */
    public boolean isNewUser() {
        return sessionIsNew && sessionNumber == 1;
    }

    public boolean isLate() {
        return late;
    }

    public boolean isDuplicate() {
        return duplicate;
    }
}
