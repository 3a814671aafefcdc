package io.sekimori.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final byte[] BODY = {1, 2};

    @Test
    void aRequestSaysWhomToAnswer() throws MalformedMessage {
        KuraPayload payload = new RequestMessage("7-x", "console-1", Map.of("nonce", "n"), BODY).payload(Instant.EPOCH);

        assertThat(payload.metrics())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("request.id", "7-x", "requester.client.id", "console-1", "nonce", "n"));
        RequestMessage read = RequestMessage.of(payload);
        assertThat(read).hasToString("request 7-x of console-1");
        assertThat(read.metrics()).containsExactlyInAnyOrderEntriesOf(Map.of("nonce", "n"));
        assertThat(read.body()).containsExactly(BODY);
    }

    @Test
    void aRequestThatNobodyCouldBeToldOfIsRefused() {
        refused(Map.of("request.id", "7"));
        refused(Map.of("requester.client.id", "console-1"));
        refused(Map.of("request.id", 7L, "requester.client.id", "console-1"));
        refused(Map.of("request.id", "7/8", "requester.client.id", "console-1"));
        refused(Map.of("request.id", "7", "requester.client.id", "#"));
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestMessage("", "c", Map.of(), BODY));
    }

    @Test
    void aReplyHasACode() throws MalformedMessage {
        KuraPayload payload = new ReplyMessage(403, Map.of(ReplyMessage.REASON, "NO"), BODY).payload(Instant.EPOCH);

        assertThat(payload.metrics())
                .containsExactlyInAnyOrderEntriesOf(Map.of("response.code", 403, "response.reason", "NO"));
        ReplyMessage read = ReplyMessage.of(payload);
        assertThat(read.code()).isEqualTo(403);
        assertThat(read.metrics()).containsExactlyInAnyOrderEntriesOf(Map.of("response.reason", "NO"));
        assertThat(read.body()).containsExactly(BODY);
        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> ReplyMessage.of(KuraPayload.of(Instant.EPOCH, Map.of("response.code", "200"), BODY)));
    }

    @Test
    void aBirthIsReadAsItIsWritten() {
        Map<BirthFact, String> facts =
                Map.of(BirthFact.SERIAL_NUMBER, "S1", BirthFact.APPLICATION_IDS, "A,B", BirthFact.UPTIME, "5");
        KuraPayload payload = KuraPayload.of(Instant.EPOCH, BirthFact.metrics(facts), new byte[0]);

        assertThat(payload.metric("application_ids", String.class)).isEqualTo(Optional.of("A,B"));
        assertThat(BirthFact.of(payload)).isEqualTo(facts);
    }

    @Test
    void aFactThatIsNoStringIsLeftOut() {
        KuraPayload payload = KuraPayload.of(Instant.EPOCH, Map.of("uptime", 5L, "other", "x"), new byte[0]);

        assertThat(BirthFact.of(payload)).isEmpty();
    }

    private static void refused(Map<String, Object> metrics) {
        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> RequestMessage.of(KuraPayload.of(Instant.EPOCH, metrics, BODY)));
    }
}
