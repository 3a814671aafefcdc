package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration may say, and the first value that it may not. */
class PolicyTest {

    @ParameterizedTest
    @CsvSource({
        "probation_seconds, 0, 86400",
        "deadline_seconds, 1, 3600",
        "settle_seconds, 0, 600",
        "error_limit, 0, 2147483647",
        "tries, 1, 10",
        "settled_days, 0, 365",
        "pack_days, 1, 90",
        "defer_hours, 0, 720",
        "download_bytes_per_second, 0, 2147483647",
        "download_least_bytes_per_second, 0, 2147483647",
        "download_stall_seconds, 1, 3600",
        "download_tries, 1, 100"
    })
    void theLeastAndTheMostAreAllowed(String name, int least, int most) {
        assertThat(policy(Map.of(name, least)).enabled()).isTrue();
        assertThat(policy(Map.of(name, most)).enabled()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> policy(Map.of(name, least - 1)));
    }

    // Of "settle" half of the deadline is taken at most, which is shorter than what is too long.
    @ParameterizedTest
    @CsvSource({
        "probation_seconds, 86401",
        "deadline_seconds, 3601",
        "tries, 11",
        "settled_days, 366",
        "pack_days, 91",
        "defer_hours, 721"
    })
    void oneMoreIsTooMuch(String name, int more) {
        assertThatIllegalArgumentException().isThrownBy(() -> policy(Map.of(name, more)));
    }

    @Test
    void aBundleThatSettlesSlowlyIsRefusedBeforeTheProcessEnds() {
        assertThat(policy(Map.of("deadline_seconds", 60, "settle_seconds", 20)).settle())
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(policy(Map.of("deadline_seconds", 60, "settle_seconds", 31)).settle())
                .isEqualTo(Duration.ofSeconds(30));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(Map.of("deadline_seconds", 3_600, "settle_seconds", 601)));
    }

    @Test
    void whatIsSlowByOrderDoesNotStall() {
        DownloadLimits slow = policy(Map.of("download_bytes_per_second", 100, "download_least_bytes_per_second", 512))
                .download();

        assertThat(slow.leastBytesPerSecond()).isEqualTo(50);
        assertThat(policy(Map.of()).download().leastBytesPerSecond()).isEqualTo(512);
    }

    static Policy policy(Map<String, Object> values) {
        return Policy.of((Policy.Config) Proxy.newProxyInstance(
                PolicyTest.class.getClassLoader(),
                new Class<?>[] {Policy.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
