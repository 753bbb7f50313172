package io.gatehouse.app.metrics;

import io.gatehouse.app.Version;

/** Which Gatehouse this is. */
public final class BuildMeters implements Meters {
    @Override
    public void addTo(Figures page) {
        page.info("gatehouse_build_info", "1, with the version", "version", Version.current());
    }
}
