package io.gatehouse.lab.generate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An event before it is written down: its members in order, each with its value as JSON text. */
public final class Draft {
    /** How the members are set apart. */
    enum Spacing {
        /** As Python's {@code json.dumps} writes: what the reference producer sends. */
        SPACED("{", ", ", ": ", "}"),
        COMPACT("{", ",", ":", "}"),
        INDENTED("{\n  ", ",\n  ", ": ", "\n}\n");

        private final String open;
        private final String between;
        private final String colon;
        private final String close;

        Spacing(String open, String between, String colon, String close) {
            this.open = open;
            this.between = between;
            this.colon = colon;
            this.close = close;
        }
    }

    private record Member(String name, String json) {}

    private final String user;
    private final List<Member> members = new ArrayList<>(8);
    private Spacing spacing = Spacing.SPACED;

    /** @param user whose login this is, also when the event comes to say otherwise */
    public Draft(String user) {
        this.user = user;
    }

    public String user() {
        return user;
    }

    Draft spacing(Spacing chosen) {
        spacing = chosen;
        return this;
    }

    /** Adds a member; {@code name} and {@code json} are written as they are. */
    public Draft add(String name, String json) {
        members.add(new Member(name, json));
        return this;
    }

    /** Adds a string member. */
    public Draft addText(String name, String text) {
        return add(name, quoted(text));
    }

    /** Gives a member another value where it stands, or adds it when there is none. */
    public Draft put(String name, String json) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name.equals(name)) {
                members.set(i, new Member(name, json));
                return this;
            }
        }
        return add(name, json);
    }

    public Draft remove(String name) {
        members.removeIf(member -> member.name.equals(name));
        return this;
    }

    public String text() {
        StringBuilder json = new StringBuilder(320).append(spacing.open);
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (i > 0) {
                json.append(spacing.between);
            }
            json.append('"')
                    .append(member.name)
                    .append('"')
                    .append(spacing.colon)
                    .append(member.json);
        }
        return json.append(spacing.close).toString();
    }

    public byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON string; what must be escaped is, and nothing else. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
