package io.sekimori.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void aRequestDoesNotChangeWithWhatItWasMadeOf() {
        byte[] body = {1};
        byte[] value = {2};
        Map<String, Object> metrics = new HashMap<>(Map.of("bytes", value));
        Request request = new Request(Method.GET, List.of("a", "b"), metrics, body, "console-1", "7");

        body[0] = 9;
        value[0] = 9;
        metrics.clear();
        request.body()[0] = 9;

        assertThat(request.body()).containsExactly(1);
        assertThat((byte[]) request.metrics().get("bytes")).containsExactly(2);
    }

    @Test
    void aRequestShowsItsTopicAndNothingThatCameInIt() {
        Request request = new Request(
                Method.GET, List.of("a", "b"), Map.of("password", "hush"), new byte[] {65, 66}, "console-1", "7");

        assertThat(request.path()).isEqualTo("a/b");
        assertThat(request).hasToString("GET/a/b of console-1, request 7");
    }

    @Test
    void valuesWithoutAPlaceOnTheWireAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reply.done(Map.of("at", Instant.EPOCH)))
                .withMessageContaining("at");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Request(Method.GET, List.of(), Map.of(), new byte[0], "console-1", "7"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(199, Map.of(), new byte[0]));
    }

    @Test
    void aRefusalSaysWhyToPeopleAndToPrograms() {
        Reply reply = Reply.refused(403, "MANDATE_REQUIRED", "reading only");

        assertThat(reply.code()).isEqualTo(403);
        assertThat(reply.metrics())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Reply.REASON, "MANDATE_REQUIRED", Reply.MESSAGE, "reading only"));
    }

    @Test
    void aNotificationStaysWithinItsTopicAndItsSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> notification("console/x", new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> notification("+", new byte[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> notification("console", new byte[Notification.MAX_BODY + 1]));
        assertThat(notification("console", new byte[Notification.MAX_BODY])).hasToString("APP-1 report for console");
    }

    private static Notification notification(String requester, byte[] body) {
        return new Notification(requester, "APP-1", "report", Notification.Importance.OUTCOME, Map.of(), body);
    }
}
