package io.sekimori.broker;

import io.sekimori.trust.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.postoffice.Binding;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTConnection;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;

/**
 * Looks at what waits for each client, and keeps it within the limits without dropping one acknowledged message in
 * silence. What waits for a console is never dropped: beyond its limit gateways may not publish until it caught up. The
 * session of a gateway is discarded as a whole, and the gateway learns it when it connects, for then it has none.
 *
 * <p>Messages beyond what fits into memory lie on disk meanwhile. {@link #look} is confined to one thread; {@link
 * #consoleBehind} is thread-safe.
 */
final class Backlog {

    private final ActiveMQServer server;
    private final Limits limits;
    private final Lines lines;
    private volatile boolean consoleBehind;

    Backlog(ActiveMQServer server, Limits limits, Lines lines) {
        this.server = server;
        this.limits = limits;
        this.lines = lines;
    }

    private record Waiting(long messages, long bytes) {

        Waiting plus(Waiting other) {
            return new Waiting(messages + other.messages, bytes + other.bytes);
        }
    }

    /** Whether some console's session is full. */
    boolean consoleBehind() {
        return consoleBehind;
    }

    /** Compares all sessions with the limits, and acts. */
    void look() {
        Map<String, Waiting> byClient = new HashMap<>();
        server.getPostOffice().getAllBindings().forEach(binding -> {
            if (binding.getBindable() instanceof Queue queue) {
                byClient.merge(
                        owner(queue), new Waiting(queue.getMessageCount(), queue.getPersistentSize()), Waiting::plus);
            }
        });
        boolean behind = false;
        for (Map.Entry<String, Waiting> each : byClient.entrySet()) {
            if (Client.CONSOLE.matcher(each.getKey()).matches()) {
                behind |= each.getValue().bytes > limits.consoleBytes();
            } else if (Client.GATEWAY.matcher(each.getKey()).matches() && tooMuch(each.getValue())) {
                discard(each.getKey(), each.getValue());
            }
        }
        if (behind != consoleBehind) {
            consoleBehind = behind;
            lines.say(behind ? BrokerCode.CONSOLE_BEHIND + ": gateways wait" : "the console caught up");
        }
    }

    private boolean tooMuch(Waiting waiting) {
        return waiting.messages > limits.sessionMessages() || waiting.bytes > limits.sessionBytes();
    }

    /** The client id: Artemis names the queue of a subscription {@code id.filter}, and ids have no dots. */
    private static String owner(Queue queue) {
        String name = queue.getName().toString();
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private void discard(String id, Waiting waiting) {
        lines.refused(new Refusal(
                BrokerCode.SESSION_DISCARDED,
                id + ", for whom " + waiting.messages + " messages of " + waiting.bytes + " bytes waited"));
        try {
            Artemis.call(() -> discard(id));
        } catch (ExecutionException e) {
            lines.say("the session of " + id + " could not be discarded: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void discard(String id) throws Exception {
        MQTTStateManager sessions = MQTTStateManager.getInstance(server);
        MQTTConnection connection = sessions.getConnectedClient(id);
        if (connection != null) {
            connection.fail(new ActiveMQDisconnectedException("its session was discarded"));
        }
        sessions.removeSessionState(id);
        for (SimpleString queue : server.getPostOffice()
                .getAllBindings()
                .filter(binding ->
                        binding.getBindable() instanceof Queue own && owner(own).equals(id))
                .map(Binding::getUniqueName)
                .toList()) {
            server.destroyQueue(queue, null, false, true);
        }
    }
}
