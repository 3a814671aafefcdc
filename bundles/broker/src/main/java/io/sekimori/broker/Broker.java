package io.sekimori.broker;

import io.sekimori.trust.Refusal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/** Artemis, set up for gateways and console: MQTT over TLS alone, everything acknowledged is on disk. */
final class Broker implements AutoCloseable {

    private static final String ACCEPTOR = "mqtt";
    private static final int KIB = 1024;
    private static final int MIB = KIB * KIB;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int HANDSHAKES_SAVED_SECONDS = 5;

    private final BrokerSettings settings;
    private final Lines lines;
    private final CertificateWatch certificates;
    private final ActiveMQServerImpl server;
    private final CertificateSecurity security;
    private final Backlog backlog;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sekimori-watch");
        thread.setDaemon(true);
        return thread;
    });

    Broker(BrokerSettings settings, Lines lines, Consumer<Refusal> failed) throws BrokerException {
        this.settings = settings;
        this.lines = lines;
        this.certificates = new CertificateWatch(settings, lines);
        Limits limits = settings.limits();
        Allowances allowances = new Allowances(limits.gatewayBytesPerSecond());
        this.security = new CertificateSecurity(
                certificates::current, new TopicRights(settings.account()), allowances, this::consoleBehind);
        this.server = new ActiveMQServerImpl(configuration(settings), null, security);
        this.backlog = new Backlog(server, limits, lines);
        server.getServiceRegistry()
                .addAcceptorFactory(
                        ACCEPTOR,
                        new TlsAcceptor(
                                certificates::current,
                                new Allowance(
                                        limits.handshakesPerSecond(), HANDSHAKES_SAVED_SECONDS, System::nanoTime)));
        server.getServiceRegistry()
                .addIncomingInterceptor(new PacketGuard(security, allowances, limits.messageBytes(), lines));
        server.registerIOCriticalErrorListener((cause, message, file) ->
                failed.accept(new Refusal(BrokerCode.JOURNAL_FAILED, message + ": " + cause + " (" + file + ")")));
    }

    private static Configuration configuration(BrokerSettings settings) {
        Path data = settings.data();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setBrokerInstance(settings.directory().toFile());
        return configuration
                .setName("sekimori-broker")
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .setJournalFileSize(4 * MIB)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(4)
                .setMinDiskFree(256L * MIB)
                .setMaxDiskUsage(-1)
                .setGlobalMaxSize(32L * MIB)
                .setSecurityEnabled(true)
                .setAuthenticationCacheSize(0)
                .setAuthorizationCacheSize(0)
                // Whoever knew this password would be let in as another broker.
                .setClusterUser(random())
                .setClusterPassword(random())
                .setJMXManagementEnabled(false)
                .setThreadPoolMaxSize(16)
                .setScheduledThreadPoolMaxSize(2)
                .setAddressQueueScanPeriod(5_000)
                .setWildCardConfiguration(new WildcardConfiguration()
                        .setDelimiter('/')
                        .setSingleWord('+')
                        .setAnyWords('#'))
                .addAddressSetting("#", addresses())
                .addAcceptorConfiguration(acceptor(settings));
    }

    private static AddressSettings addresses() {
        return new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(MIB)
                .setPageSizeBytes(MIB)
                .setMaxReadPageBytes(512 * KIB)
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true)
                .setAutoDeleteAddresses(true)
                .setAutoDeleteAddressesSkipUsageCheck(true)
                .setMaxDeliveryAttempts(-1);
    }

    private static TransportConfiguration acceptor(BrokerSettings settings) {
        return new TransportConfiguration(
                TlsAcceptor.class.getName(),
                Map.of(
                        TransportConstants.HOST_PROP_NAME,
                        settings.host(),
                        TransportConstants.PORT_PROP_NAME,
                        settings.port(),
                        TransportConstants.PROTOCOLS_PROP_NAME,
                        "MQTT",
                        TransportConstants.SSL_ENABLED_PROP_NAME,
                        true,
                        // The acceptor brings its own; the name keeps Artemis from asking for key stores.
                        TransportConstants.SSL_CONTEXT_PROP_NAME,
                        "sekimori",
                        TransportConstants.USE_EPOLL_PROP_NAME,
                        false,
                        TransportConstants.TCP_NODELAY_PROPNAME,
                        true,
                        TransportConstants.REMOTING_THREADS_PROPNAME,
                        2 * Runtime.getRuntime().availableProcessors(),
                        TransportConstants.CONNECTIONS_ALLOWED,
                        settings.limits().connections()),
                ACCEPTOR,
                Map.of(
                        "defaultMqttSessionExpiryInterval",
                        settings.limits().sessionDays() * SECONDS_PER_DAY,
                        "maximumPacketSize",
                        settings.limits().messageBytes(),
                        "serverKeepAlive",
                        KEEP_ALIVE_SECONDS));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private boolean consoleBehind() {
        return backlog.consoleBehind();
    }

    /** Starts; on return clients are answered. */
    void start() throws BrokerException {
        call(server::start);
        if (port() <= 0) {
            throw new BrokerException(
                    BrokerCode.START_FAILED, "cannot listen at " + settings.host() + ":" + settings.port());
        }
        clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            if (certificates.look()) {
                server.getRemotingService().getConnections().forEach(this::disconnectIfRevoked);
            }
            backlog.look();
        } catch (RuntimeException e) {
            // The clock would else stand still for good.
            lines.say("looking after the sessions failed: " + e);
        }
    }

    private void disconnectIfRevoked(RemotingConnection connection) {
        if (security.clientOf(connection).isEmpty()) {
            lines.refused(new Refusal(BrokerCode.REVOKED, connection.getClientID() + " was connected"));
            connection.fail(new ActiveMQDisconnectedException("its certificate was revoked"));
        }
    }

    /** The port it listens at, or 0. */
    int port() {
        return server.getRemotingService().getAcceptor(ACCEPTOR) instanceof NettyAcceptor acceptor
                ? acceptor.getActualPort()
                : 0;
    }

    @Override
    public void close() throws BrokerException {
        clock.shutdownNow();
        call(server::stop);
    }

    private static void call(Artemis.Calls calls) throws BrokerException {
        try {
            Artemis.call(calls);
        } catch (ExecutionException e) {
            throw new BrokerException(BrokerCode.START_FAILED, String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
