package io.gatehouse.app.dlq;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import io.gatehouse.engine.replay.LetterFilter;
import io.gatehouse.engine.replay.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which letters are meant; the same options for every command that has to do with more than one. */
final class FilterOptions {
    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "REASON",
            converter = Labels.OfReason.class,
            description = "Only letters refused for one of these reasons.")
    private Set<Reason> reasons = new LinkedHashSet<>();

    @Option(
            names = "--field",
            split = ",",
            paramLabel = "FIELD",
            converter = Labels.OfField.class,
            description = "Only letters in which one of these fields is at fault.")
    private Set<Field> fields = new LinkedHashSet<>();

    @Option(
            names = "--app-version",
            paramLabel = "TEXT",
            description = "Only letters whose value has this app_version, as far as it is JSON. May be repeated.")
    private Set<String> appVersions = new LinkedHashSet<>();

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            converter = Moment.Converter.class,
            description = "Only letters refused then or later: " + Moment.FORMS + ".")
    private Moment from;

    @Option(
            names = "--to",
            paramLabel = "WHEN",
            converter = Moment.Converter.class,
            description = "Only letters refused before then.")
    private Moment to;

    @Option(
            names = "--partition",
            split = ",",
            paramLabel = "N",
            description = "Only letters in these partitions of the dead-letter topic.")
    private Set<Integer> partitions = new LinkedHashSet<>();

    @Option(
            names = "--source",
            paramLabel = "PLACE",
            converter = SourceConverter.class,
            description = "Only letters whose originals lie there: " + SourceRange.FORM + ". May be repeated.")
    private List<SourceRange> sources = new ArrayList<>();

    LetterFilter filter() {
        return new LetterFilter(
                Set.copyOf(reasons),
                Set.copyOf(fields),
                Set.copyOf(appVersions),
                from == null ? Long.MIN_VALUE : from.at().toEpochMilli(),
                to == null ? Long.MAX_VALUE : to.at().toEpochMilli(),
                Set.copyOf(partitions),
                List.copyOf(sources),
                words());
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        reasons.forEach(reason -> words.add("--reason " + reason.label()));
        fields.forEach(field -> words.add("--field " + field.label()));
        appVersions.forEach(version -> words.add("--app-version " + version));
        if (from != null) {
            words.add("--from " + from.at());
        }
        if (to != null) {
            words.add("--to " + to.at());
        }
        partitions.forEach(partition -> words.add("--partition " + partition));
        sources.forEach(source -> words.add("--source " + source));
        return List.copyOf(words);
    }

    static final class SourceConverter implements ITypeConverter<SourceRange> {
        @Override
        public SourceRange convert(String text) {
            try {
                return SourceRange.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is " + e.getMessage());
            }
        }
    }
}
