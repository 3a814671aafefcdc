package io.sekimori.broker;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.AttributeKey;
import io.sekimori.trust.Refusal;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Looks at every packet before Artemis does, and ends the connection for what is never taken. It must not throw:
 * Artemis would let the packet pass. Thread-safe; the packets of one connection come one after the other.
 */
final class PacketGuard implements MQTTInterceptor {

    private static final AttributeKey<Client> CLIENT = AttributeKey.valueOf("sekimori-client");
    private static final String SHARED = "$share/";

    private final CertificateSecurity security;
    private final Allowances allowances;
    private final int messageBytes;
    private final Lines lines;

    PacketGuard(CertificateSecurity security, Allowances allowances, int messageBytes, Lines lines) {
        this.security = security;
        this.allowances = allowances;
        this.messageBytes = messageBytes;
        this.lines = lines;
    }

    @Override
    public boolean intercept(MqttMessage message, RemotingConnection connection) {
        try {
            Channel channel = ((NettyConnection) connection.getTransportConnection()).getChannel();
            Optional<Refusal> refusal = message instanceof MqttConnectMessage connect
                    ? connect(connect, connection, channel)
                    : refusal(message, channel.attr(CLIENT).get());
            refusal.ifPresent(found -> lines.refused(new Refusal(
                    found.code(),
                    found.detail() + ", from "
                            + connection.getTransportConnection().getRemoteAddress())));
            return refusal.isEmpty();
        } catch (RuntimeException e) {
            lines.refused(new Refusal(BrokerCode.PACKET_REFUSED, e.toString()));
            return false;
        }
    }

    private Optional<Refusal> connect(MqttConnectMessage message, RemotingConnection connection, Channel channel) {
        if (channel.attr(CLIENT).get() != null) {
            return refuse(BrokerCode.PACKET_REFUSED, "a second CONNECT");
        }
        Optional<Client> client = security.clientOf(connection);
        String id = message.payload().clientIdentifier();
        if (client.isEmpty()) {
            answer(channel, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
            return refuse(BrokerCode.CLIENT_REFUSED, "client id " + id);
        }
        if (!client.get().id().equals(id)) {
            // Artemis would only find out after it had taken the other's name for the clean-up.
            answer(channel, MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
            return refuse(BrokerCode.OTHER_CLIENT_ID, client.get().id() + " as " + id);
        }
        if (message.variableHeader().isWillFlag() && message.variableHeader().isWillRetain()) {
            return refuse(BrokerCode.PACKET_REFUSED, "a retained will of " + id);
        }
        channel.attr(CLIENT).set(client.get());
        // Artemis lets its decoder gather up to 256 MiB.
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.replace(MqttDecoder.class, "bounded-decoder", new MqttDecoder(messageBytes));
        return spend(client.get(), Allowance.CONNECTION);
    }

    private Optional<Refusal> refusal(MqttMessage message, Client client) {
        if (client == null) {
            return refuse(BrokerCode.PACKET_REFUSED, "a packet before CONNECT");
        }
        if (message instanceof MqttPublishMessage publish) {
            if (publish.fixedHeader().isRetain()) {
                return refuse(BrokerCode.PACKET_REFUSED, "a retained message of " + client.id());
            }
            return spend(
                            client,
                            Math.max(Allowance.MESSAGE, publish.fixedHeader().remainingLength()))
                    .or(() -> topics(client, List.of(publish.variableHeader().topicName())));
        }
        if (message instanceof MqttSubscribeMessage subscribe) {
            List<String> filters = subscribe.payload().topicSubscriptions().stream()
                    .map(MqttTopicSubscription::topicFilter)
                    .toList();
            return spend(client, (long) Allowance.TOPIC * filters.size()).or(() -> topics(client, filters));
        }
        if (message instanceof MqttUnsubscribeMessage unsubscribe) {
            return spend(client, Allowance.MESSAGE)
                    .or(() -> topics(client, unsubscribe.payload().topics()));
        }
        return Optional.empty();
    }

    /** Topics that Artemis would read as something else. */
    private static Optional<Refusal> topics(Client client, List<String> topics) {
        for (String topic : topics) {
            boolean shared = topic.startsWith(SHARED) && client instanceof Client.Gateway;
            if (shared || topic.contains("::") || topic.indexOf('\\') >= 0) {
                return refuse(BrokerCode.PACKET_REFUSED, "the topic " + topic + " of " + client.id());
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> spend(Client client, long cost) {
        return allowances.spend(client, cost) ? Optional.empty() : refuse(BrokerCode.RATE_EXCEEDED, client.id());
    }

    private static Optional<Refusal> refuse(BrokerCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }

    private static void answer(Channel channel, MqttConnectReturnCode code) {
        channel.writeAndFlush(MqttMessageBuilders.connAck()
                .returnCode(code)
                .sessionPresent(false)
                .build());
    }
}
