package io.gatehouse.app.dlq;

import java.io.PrintWriter;

/** What is said of records in the dead-letter topic that are no dead letters of Gatehouse's. */
final class Foreign {
    private Foreign() {}

    static void say(PrintWriter out, long records) {
        if (records > 0) {
            out.println(records + (records == 1 ? " record was" : " records were")
                    + " not written by Gatehouse, and left out.");
        }
    }
}
