package io.gatehouse.app.capacity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number as people write large ones: 1500, 100k, 2.5M, 1G. */
final class Quantity implements ITypeConverter<Double> {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)([kMG]?)");

    @Override
    public Double convert(String text) {
        Matcher parts = WRITTEN.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException("'" + text + "' is no quantity: write a number, with k, M or G if large");
        }
        double number = Double.parseDouble(parts.group(1));
        return switch (parts.group(2)) {
            case "k" -> number * 1e3;
            case "M" -> number * 1e6;
            case "G" -> number * 1e9;
            default -> number;
        };
    }
}
