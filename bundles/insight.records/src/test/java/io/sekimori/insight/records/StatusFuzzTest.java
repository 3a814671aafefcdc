package io.sekimori.insight.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.List;
import java.util.Map;

/** Whatever comes as a status is refused, or is bounded and clean; a gateway's own signature makes no difference to that. */
class StatusFuzzTest {

    /** That signed the status which is kept as an input. */
    private static final String DEVICE = "776a7ede7a92721d77832564ea9c745f2f1d6692a95988f87f3f5eb2a9448f0a";

    private static final Unit UNIT = new Unit();

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAStatusOrDoubtful(byte[] input) {
        check(StatusReading.read(input, DEVICE));
    }

    /** No chance finds a signature, so that this gateway signs whatever it is. */
    @FuzzTest(maxDuration = "60s")
    void whatAGatewaySignsIsAStatusOrDoubtful(byte[] input) {
        Map<String, ?> members;
        try {
            members = JsonObject.parse(input).asMap();
        } catch (MalformedJson e) {
            return; // that is what the other one tries
        }
        check(StatusReading.read(UNIT.signed(members), UNIT.key()));
    }

    private static void check(StatusReading.Reading reading) {
        if (reading instanceof StatusReading.Reading.Verified verified) {
            assertThat(verified.sequence()).isPositive();
            assertThat(verified.members())
                    .containsOnlyKeys(
                            "generation", "bundles", "health", "resources", "certificates", "moments", "findings");
            assertClean(verified.members());
        } else if (reading instanceof StatusReading.Reading.Doubtful doubtful) {
            assertThat(doubtful.why()).isNotNull();
        }
    }

    private static void assertClean(Object value) {
        if (value instanceof Map<?, ?> map) {
            assertThat(map).hasSizeLessThanOrEqualTo(500);
            map.forEach((name, member) -> {
                assertClean(name);
                assertClean(member);
            });
        } else if (value instanceof List<?> list) {
            assertThat(list).hasSizeLessThanOrEqualTo(500);
            list.forEach(StatusFuzzTest::assertClean);
        } else if (value instanceof String text) {
            assertThat(text).hasSizeLessThanOrEqualTo(500);
            assertThat(text.chars()).noneMatch(Character::isISOControl);
        } else {
            assertThat(value).isInstanceOf(Long.class);
        }
    }
}
