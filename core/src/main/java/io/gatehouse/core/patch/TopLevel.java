package io.gatehouse.core.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the members of an event's top level lie:
 *
 * <pre>
 *   { "name" : value , "name" : value }
 *   ^ ^     ^  ^    ^
 *   | |     |  |    valueTo
 *   | |     |  valueFrom
 *   | |     nameTo
 *   | nameFrom
 *   open
 * </pre>
 */
final class TopLevel {
    /** Bytes of the quotes round a name. */
    private static final int QUOTES = 2;

    record Member(int nameFrom, int nameTo, int valueFrom, int valueTo) {}

    private final byte[] json;
    private final List<Member> members = new ArrayList<>();
    private int open;

    private TopLevel(byte[] json) {
        this.json = json;
    }

    /** Empty when the value is not one JSON object; it may be null. */
    static Optional<TopLevel> of(byte[] value) {
        if (value == null || Json.kind(value) != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        TopLevel topLevel = new TopLevel(value);
        topLevel.scan();
        return Optional.of(topLevel);
    }

    List<Member> members() {
        return members;
    }

    /** Index of the opening brace. */
    int open() {
        return open;
    }

    /** The indexes of the members of this name, however it is spelled. */
    List<Integer> named(String name) {
        byte[] plain = name.getBytes(UTF_8);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            if (isNamed(members.get(i), name, plain)) {
                found.add(i);
            }
        }
        return found;
    }

    private boolean isNamed(Member member, String name, byte[] plain) {
        boolean isEscaped = false;
        for (int i = member.nameFrom; i < member.nameTo; i++) {
            isEscaped |= json[i] == '\\';
        }
        if (isEscaped) {
            return Json.text(json, member.nameFrom, member.nameTo).equals(name);
        }
        return member.nameTo - member.nameFrom == plain.length + QUOTES
                && Arrays.equals(json, member.nameFrom + 1, member.nameTo - 1, plain, 0, plain.length);
    }

    /** The text is known to be sound: what is looked for comes. */
    private void scan() {
        open = past(0);
        int index = past(open + 1);
        while (json[index] != '}') {
            int nameFrom = json[index] == ',' ? past(index + 1) : index;
            int nameTo = endOfString(nameFrom);
            int valueFrom = past(past(nameTo) + 1);
            int valueTo = endOfValue(valueFrom);
            members.add(new Member(nameFrom, nameTo, valueFrom, valueTo));
            index = past(valueTo);
        }
    }

    /** The first index from this one on that is no white space. */
    private int past(int from) {
        int index = from;
        while (json[index] == ' ' || json[index] == '\n' || json[index] == '\r' || json[index] == '\t') {
            index++;
        }
        return index;
    }

    private int endOfString(int from) {
        int index = from + 1;
        while (json[index] != '"') {
            index += json[index] == '\\' ? 2 : 1;
        }
        return index + 1;
    }

    private int endOfValue(int from) {
        int depth = 0;
        int index = from;
        do {
            switch (json[index]) {
                case '"' -> index = endOfString(index);
                case '{', '[' -> {
                    depth++;
                    index++;
                }
                case '}', ']' -> {
                    depth--;
                    index++;
                }
                default -> index = depth == 0 ? endOfWord(index) : index + 1;
            }
        } while (depth > 0);
        return index;
    }

    private int endOfWord(int from) {
        int index = from;
        while (",}] \n\r\t".indexOf(json[index]) < 0) {
            index++;
        }
        return index;
    }
}
