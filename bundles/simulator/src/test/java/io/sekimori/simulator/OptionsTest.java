package io.sekimori.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static Options parse(String more) {
        List<String> arguments = new ArrayList<>(List.of("--state", "s", "--trust", "t", "--activations", "a"));
        if (!more.isEmpty()) {
            arguments.addAll(List.of(more.split(" ")));
        }
        return Options.parse(arguments);
    }

    @Test
    void whatIsNotGivenHasTheValuesOfTheHelp() {
        Options options = parse("");
        assertThat(options.gateways()).isEqualTo(500);
        assertThat(options.perSecond()).isEqualTo(20);
        assertThat(options.pollSeconds()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--gateways 0", "--gateways x", "--silent 2", "--silent 0.6 --failing 0.6", "--what 1", "--run"})
    void whatMakesNoSenseIsRefused(String more) {
        assertThatThrownBy(() -> parse(more)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void someoneMustHaveRegisteredTheGateways() {
        assertThatThrownBy(() -> Options.parse(List.of("--state", "s", "--trust", "t")))
                .hasMessageContaining("--activations");
        assertThatThrownBy(() -> Options.parse(List.of("--state", "s", "--trust", "t", "--console", "https://a")))
                .hasMessageContaining("--token");
    }

    @Test
    void faultsTakeTheirPartOfAllGateways() {
        Faults faults = new Faults(0.1, 0.2, 0.3, 0.1);
        Map<Faults.Behaviour, Long> counted = IntStream.range(0, 100)
                .mapToObj(index -> faults.of(index, 100))
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        assertThat(counted)
                .containsEntry(Faults.Behaviour.SILENT, 10L)
                .containsEntry(Faults.Behaviour.FAILING, 20L)
                .containsEntry(Faults.Behaviour.SLOW, 30L)
                .containsEntry(Faults.Behaviour.OFFLINE, 10L)
                .containsEntry(Faults.Behaviour.SOUND, 30L);
    }
}
