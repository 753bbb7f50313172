package io.gatehouse.lab.generate;

import java.util.SplittableRandom;

/** Events as the contract describes the reference producer's. */
final class ReferenceTraffic implements Traffic {
    private static final String[] STATES = {
        "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
                "ME",
        "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR",
                "PA",
        "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY"
    };
    private static final double WITHOUT_DEVICE_TYPE = 0.05;
    private static final double NUMBERED_DEVICE = 0.1;

    @Override
    public Draft next(long nowMs, SplittableRandom chance) {
        String user = Names.uuid(chance.nextLong(), chance.nextLong());
        Draft draft = new Draft(user)
                .addText("user_id", user)
                .addText("app_version", "2.3.0")
                .addText("ip", Names.quad(chance.nextInt()))
                .addText("locale", STATES[chance.nextInt(STATES.length)])
                .addText("device_id", device(chance))
                .add("timestamp", Long.toString(Math.floorDiv(nowMs, 1000L)));
        if (chance.nextDouble() >= WITHOUT_DEVICE_TYPE) {
            draft.addText("device_type", chance.nextBoolean() ? "android" : "iOS");
        }
        return draft;
    }

    private static String device(SplittableRandom chance) {
        return chance.nextDouble() < NUMBERED_DEVICE
                ? Names.numbered(chance.nextLong())
                : Names.uuid(chance.nextLong(), chance.nextLong());
    }
}
