package io.sekimori.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.AcceptorFactory;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;
import org.apache.activemq.artemis.utils.actors.OrderedExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Artemis's acceptor with our TLS: the credentials of the moment, a bound on handshakes, and MQTT alone, since Artemis
 * would take HTTP at the same port and gather what is sent to it without a limit.
 */
record TlsAcceptor(Supplier<Credentials> credentials, Allowance handshakes) implements AcceptorFactory {

    private static final int HANDSHAKE_MILLIS = 10_000;
    /** The first byte of a CONNECT packet, MQTT 3.1.1 section 3.1.1. */
    private static final byte CONNECT = 0x10;

    @Override
    @SuppressWarnings("rawtypes") // as Artemis declares it
    public Acceptor createAcceptor(
            String name,
            ClusterConnection cluster,
            Map<String, Object> configuration,
            BufferHandler handler,
            ServerConnectionLifeCycleListener listener,
            Executor threadPool,
            ScheduledExecutorService scheduledThreadPool,
            Map<String, ProtocolManager> protocols,
            String threads,
            MetricsManager metrics) {
        return new NettyAcceptor(
                name,
                cluster,
                configuration,
                handler,
                listener,
                scheduledThreadPool,
                new OrderedExecutor(threadPool),
                protocols,
                threads,
                metrics) {
            @Override
            public SslHandler getSslHandler(ByteBufAllocator allocator, @Nullable String host, int port) {
                SslHandler ours = new BoundedHandshake(credentials.get().engine(), handshakes);
                ours.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
                return ours;
            }
        };
    }

    /** Ends a connection beyond the bound before anything was calculated for it. */
    private static final class BoundedHandshake extends SslHandler {

        private final Allowance handshakes;

        BoundedHandshake(SSLEngine engine, Allowance handshakes) {
            super(engine);
            this.handshakes = handshakes;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) throws Exception {
            super.handlerAdded(context);
            context.pipeline().addAfter(context.name(), "mqtt-only", new MqttOnly());
            if (!handshakes.spend(1)) {
                context.close();
            }
        }
    }

    private static final class MqttOnly extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (bytes.isReadable() && bytes.getByte(bytes.readerIndex()) != CONNECT) {
                ReferenceCountUtil.release(bytes);
                context.close();
                return;
            }
            if (bytes.isReadable()) {
                context.pipeline().remove(this);
            }
            context.fireChannelRead(bytes);
        }
    }
}
