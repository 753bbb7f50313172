package io.gatehouse.app.dlq;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reasons and fields by the words that headers have for them. */
final class Labels {
    private Labels() {}

    static final class OfReason implements ITypeConverter<Reason> {
        @Override
        public Reason convert(String label) {
            return Reason.of(label)
                    .orElseThrow(() -> new TypeConversionException("'" + label + "' is none of "
                            + Arrays.stream(Reason.values()).map(Reason::label).collect(Collectors.joining(", "))));
        }
    }

    static final class OfField implements ITypeConverter<Field> {
        @Override
        public Field convert(String label) {
            return Field.of(label)
                    .orElseThrow(() -> new TypeConversionException("'" + label + "' is none of "
                            + Arrays.stream(Field.values()).map(Field::label).collect(Collectors.joining(", "))));
        }
    }
}
