package io.gatehouse.reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What must become of one record of a case. */
public final class Expectation {
    private static final String REFUSED = "refused";
    private static final String FIELD = "field";
    private static final String OUTPUT = "output";
    private static final String USER_ID = "user_id";

    private final Map<String, Object> members;

    Expectation(Map<String, Object> members) {
        this.members = members;
    }

    /** The reason of the refusal that must be; empty when the event must be accepted. */
    public Optional<String> reason() {
        return Optional.ofNullable((String) members.get(REFUSED));
    }

    /** The field at fault of the refusal that must be; empty for a fault of the whole, or none. */
    public Optional<String> field() {
        return Optional.ofNullable((String) members.get(FIELD));
    }

    /**
     * How an acceptance differs from what must be; empty when it does not.
     *
     * @param key the processed event's key, UTF-8
     * @param output the processed event
     */
    public List<String> differencesFromAccepted(byte[] key, byte[] output) {
        String text = new String(output, StandardCharsets.UTF_8);
        if (reason().isPresent()) {
            return List.of("must be refused, " + JsonWriter.write(members) + ", but is " + text);
        }
        Object processed;
        try {
            processed = JsonReader.read(text).value();
        } catch (MalformedJson malformed) {
            return List.of("the output is no JSON: " + malformed.getMessage() + " of " + text);
        }
        List<String> differences = new ArrayList<>();
        Map<String, Object> expected = new LinkedHashMap<>(members);
        Object expectedOutput = expected.remove(OUTPUT);
        if (expectedOutput != null && !expectedOutput.equals(text)) {
            differences.add("output must be\n" + expectedOutput + "\nbut is\n" + text);
        }
        Object userId = expected.remove(USER_ID);
        String actualKey = new String(key, StandardCharsets.UTF_8);
        if (userId != null && !userId.equals(actualKey)) {
            differences.add("the key must be " + userId + " but is " + actualKey);
        }
        compare("enrichment", expected, ((Map<?, ?>) processed).get("enrichment"), differences);
        return differences;
    }

    /**
     * How a refusal differs from what must be; empty when it does not.
     *
     * @param field null for a fault of the whole
     */
    public List<String> differencesFromRefused(String reason, String field) {
        boolean same = reason.equals(members.get(REFUSED)) && Objects.equals(field, members.get(FIELD));
        return same
                ? List.of()
                : List.of("must be " + JsonWriter.write(members) + " but is refused: " + reason + " " + field);
    }

    Expectation withOutput(UnaryOperator<String> change) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.computeIfPresent(OUTPUT, (name, output) -> change.apply((String) output));
        return new Expectation(changed);
    }

    /** An object may have more members than are expected; anything else is compared whole. */
    private static void compare(String path, Object expected, Object actual, List<String> differences) {
        if (expected instanceof Map<?, ?> members && actual instanceof Map<?, ?> actualMembers) {
            for (Map.Entry<?, ?> member : members.entrySet()) {
                String memberPath = path + "." + member.getKey();
                if (actualMembers.containsKey(member.getKey())) {
                    compare(memberPath, member.getValue(), actualMembers.get(member.getKey()), differences);
                } else {
                    differences.add(memberPath + " is missing");
                }
            }
        } else if (!Objects.equals(expected, actual)) {
            differences.add(path + " must be " + JsonWriter.write(expected) + " but is " + JsonWriter.write(actual));
        }
    }
}
