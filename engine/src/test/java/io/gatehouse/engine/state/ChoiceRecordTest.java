package io.gatehouse.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engine.EngineSettings.Partitioning;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChoiceRecordTest {
    @ParameterizedTest
    @EnumSource(names = {"KEYED", "REKEY"})
    void aChoiceIsReadAsItWasWritten(Partitioning choice) {
        byte[] value = ChoiceRecord.of(choice);
        assertThat(ChoiceRecord.isChoice(value)).isTrue();
        assertThat(ChoiceRecord.read(value)).isEqualTo(choice);
    }

    @Test
    void noBitOfAChoiceCanTurnUnnoticed() {
        for (int bit = 0; bit < ChoiceRecord.of(Partitioning.KEYED).length * Byte.SIZE; bit++) {
            byte[] value = ChoiceRecord.of(Partitioning.KEYED);
            value[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> ChoiceRecord.read(value))
                    .as("bit " + bit)
                    .isInstanceOf(DamagedJournalException.class);
        }
    }

    @Test
    void aChoiceThatIsCutShortIsDamaged() {
        byte[] whole = ChoiceRecord.of(Partitioning.REKEY);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ChoiceRecord.read(part))
                    .as(length + " bytes")
                    .isInstanceOf(DamagedJournalException.class);
        }
    }

    @Test
    void whatIsToBeFoundOutIsNoChoice() {
        assertThatThrownBy(() -> ChoiceRecord.of(Partitioning.AUTO)).isInstanceOf(IllegalArgumentException.class);
    }
}
