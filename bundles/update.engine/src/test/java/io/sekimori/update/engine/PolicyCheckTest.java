package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.config.ConfigurationCheck.Wrong;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would make the engine leave updating to people on site after its next start is not kept at all. */
class PolicyCheckTest {

    private static final Map<String, List<String>> GOOD = Map.of(
            "windows", List.of("MON-FRI 22:00-04:00", "", "SAT,SUN 08:00-20:00"),
            "time.zone", List.of("Asia/Tokyo"),
            "update.by", List.of("site"),
            "rollback.by", List.of());

    private final PolicyCheck check = new PolicyCheck();

    @Test
    void whatTheEngineTakesIsTaken() {
        assertThat(check.pid()).isEqualTo(Policy.PID);
        assertThat(check.look(GOOD)).isEmpty();
        assertThat(check.look(with("windows", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "windows, MON-FRI 25:00-04:00",
        "windows, MON-FRY 22:00-04:00",
        "windows, always",
        "time.zone, Asia/Tokio",
        "time.zone, ''",
        "update.by, consoles",
        "rollback.by, everybody"
    })
    void whatMeansNothingIsRefusedWithItsAttribute(String attribute, String value) {
        assertThat(check.look(with(attribute, value)).map(Wrong::attribute)).contains(attribute);
        assertThat(check.look(with(attribute, value)).orElseThrow().detail()).isNotBlank();
    }

    private static Map<String, List<String>> with(String attribute, String value) {
        return Map.of(
                "windows", attribute.equals("windows") ? List.of(value) : List.of(),
                "time.zone", attribute.equals("time.zone") ? List.of(value) : List.of("UTC"),
                "update.by", attribute.equals("update.by") ? List.of(value) : List.of("console", "site"),
                "rollback.by", attribute.equals("rollback.by") ? List.of(value) : List.of("console", "site"));
    }
}
