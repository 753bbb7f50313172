package io.gatehouse.peers.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final String[] COMMON = {
        "bootstrap.servers=here:1",
        "application=a",
        "input=in",
        "processed=out",
        "dead-letters=dlq",
        "partitions=4",
        "threads=2",
        "commit.interval.ms=100",
        "places=places.mmdb",
        "state.dir=/state"
    };
    private static final Map<String, String> KNOBS = Map.of("store", "memory", "linger.ms", "5");

    @Test
    void whatIsNotSaidOfAKnobIsItsDefault() {
        Arguments arguments = Arguments.of(with("linger.ms=20"), KNOBS);
        assertThat(arguments.choice("store", "memory", "rocksdb")).isEqualTo("memory");
        assertThat(arguments.number("linger.ms")).isEqualTo(20);
        assertThat(arguments.threads()).isEqualTo(2);
        assertThat(arguments.stateDir()).isEqualTo(Path.of("/state"));
    }

    @Test
    void everyMistakeIsTold() {
        assertThatThrownBy(() -> Arguments.of(new String[] {"input=a", "input=b", "colour=red", "fast"}, KNOBS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "input is given twice",
                        "colour is unknown",
                        "fast is not key=value",
                        "bootstrap.servers is missing",
                        "state.dir is missing");
    }

    @Test
    void aValueThatAKnobDoesNotHaveIsAMistake() {
        Arguments arguments = Arguments.of(with("store=paper", "linger.ms=-1"), KNOBS);
        assertThatThrownBy(() -> arguments.choice("store", "memory", "rocksdb"))
                .hasMessageContaining("store must be one of [memory, rocksdb], not paper");
        assertThatThrownBy(() -> arguments.number("linger.ms")).hasMessageContaining("linger.ms must be a number");
    }

    private static String[] with(String... more) {
        return Stream.concat(Stream.of(COMMON), Stream.of(more)).toArray(String[]::new);
    }
}
