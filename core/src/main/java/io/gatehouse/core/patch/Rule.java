package io.gatehouse.core.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.patch.Patched.Problem;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** One change of an event's top level. */
sealed interface Rule {
    /** How it was given, in words that name it in messages and in the log of replays. */
    String words();

    /** @param value one JSON object */
    Patched apply(TopLevel members, byte[] value);

    /** Takes each member of a name away. */
    record Remove(String name) implements Rule {
        @Override
        public String words() {
            return "remove " + name;
        }

        @Override
        public Patched apply(TopLevel top, byte[] value) {
            List<Integer> found = top.named(name);
            if (found.isEmpty()) {
                return Patched.not(Problem.ABSENT, words());
            }
            ByteArrayOutputStream left = new ByteArrayOutputStream(value.length);
            List<TopLevel.Member> members = top.members();
            int from = 0;
            int kept = 0;
            for (int i = 0; i < members.size(); i++) {
                TopLevel.Member member = members.get(i);
                if (!found.contains(i)) {
                    kept++;
                } else if (i + 1 < members.size()) {
                    left.write(value, from, member.nameFrom() - from);
                    from = members.get(i + 1).nameFrom();
                } else {
                    // With the last member goes the comma before it, if any member is left.
                    left.write(value, from, member.nameFrom() - from);
                    byte[] before = left.toByteArray();
                    left.reset();
                    left.write(before, 0, kept == 0 ? before.length : lastComma(before));
                    from = member.valueTo();
                }
            }
            left.write(value, from, value.length - from);
            return Patched.of(left.toByteArray());
        }

        /** Between a comma that separates members and the next name is only white space. */
        private static int lastComma(byte[] json) {
            int index = json.length - 1;
            while (json[index] != ',') {
                index--;
            }
            return index;
        }
    }

    /** Gives a member another name. */
    record Rename(String from, String to) implements Rule {
        @Override
        public String words() {
            return "rename " + from + "=" + to;
        }

        @Override
        public Patched apply(TopLevel top, byte[] value) {
            List<Integer> found = top.named(from);
            if (found.size() != 1) {
                return Patched.not(found.isEmpty() ? Problem.ABSENT : Problem.REPEATED, words());
            }
            if (!from.equals(to) && !top.named(to).isEmpty()) {
                return Patched.not(Problem.THERE_ALREADY, words());
            }
            TopLevel.Member member = top.members().get(found.get(0));
            return spliced(value, member.nameFrom(), Json.quoted(to), member.nameTo());
        }
    }

    /** Turns a member's value into one of another type. */
    record Cast(String name, CastType type, String words) implements Rule {
        @Override
        public Patched apply(TopLevel top, byte[] value) {
            List<Integer> found = top.named(name);
            if (found.size() != 1) {
                return Patched.not(found.isEmpty() ? Problem.ABSENT : Problem.REPEATED, words());
            }
            TopLevel.Member member = top.members().get(found.get(0));
            byte[] becomes = type.cast(value, member.valueFrom(), member.valueTo());
            return becomes == null
                    ? Patched.not(Problem.NO_CAST, words())
                    : spliced(value, member.valueFrom(), becomes, member.valueTo());
        }
    }

    /** Gives a member a value; adds it behind the others where it is not there. */
    record Set(String name, byte[] json) implements Rule {
        @Override
        public String words() {
            return "set " + name + "=" + new String(json, UTF_8);
        }

        @Override
        public Patched apply(TopLevel top, byte[] value) {
            List<Integer> found = top.named(name);
            List<TopLevel.Member> members = top.members();
            if (found.size() > 1) {
                return Patched.not(Problem.REPEATED, words());
            }
            if (!found.isEmpty()) {
                TopLevel.Member member = members.get(found.get(0));
                return spliced(value, member.valueFrom(), json, member.valueTo());
            }
            ByteArrayOutputStream member = new ByteArrayOutputStream();
            if (!members.isEmpty()) {
                member.write(',');
            }
            member.writeBytes(Json.quoted(name));
            member.write(':');
            member.writeBytes(json);
            int at = members.isEmpty()
                    ? top.open() + 1
                    : members.get(members.size() - 1).valueTo();
            return spliced(value, at, member.toByteArray(), at);
        }
    }

    private static Patched spliced(byte[] value, int from, byte[] between, int to) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(value.length + between.length);
        spliced.write(value, 0, from);
        spliced.writeBytes(between);
        spliced.write(value, to, value.length - to);
        return Patched.of(spliced.toByteArray());
    }
}
