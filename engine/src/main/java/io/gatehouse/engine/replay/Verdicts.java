package io.gatehouse.engine.replay;

import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.login.Decoder;
import io.gatehouse.core.login.Login;

/** What Gatehouse, as it is configured here, says of a value. Not thread-safe. */
public final class Verdicts {
    private final Decoder decoder;
    private final Login login = new Login();

    public Verdicts(JudgeSettings settings) {
        this.decoder = new Decoder(settings.maxEventBytes(), settings.fieldNames());
    }

    /**
     * Why a value is refused; null when it is accepted.
     *
     * @param value may be null
     * @param sentMs when it is sent, epoch milliseconds: a replayed record carries that time
     */
    public Cause of(byte[] value, long sentMs) {
        login.take(value);
        decoder.decode(login, sentMs);
        login.take(null);
        return login.reason() == null ? null : new Cause(login.reason(), login.field());
    }
}
