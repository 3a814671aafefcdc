package io.sekimori.broker;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the client's certificate: who it is when it connects, and which topics it may use at every use. User names
 * and passwords mean nothing. Thread-safe.
 */
final class CertificateSecurity implements ActiveMQSecurityManager5 {

    private final Supplier<Credentials> credentials;
    private final TopicRights rights;
    private final Allowances allowances;
    private final BooleanSupplier consoleBehind;

    CertificateSecurity(
            Supplier<Credentials> credentials,
            TopicRights rights,
            Allowances allowances,
            BooleanSupplier consoleBehind) {
        this.credentials = credentials;
        this.rights = rights;
        this.allowances = allowances;
        this.consoleBehind = consoleBehind;
    }

    /** Whose connection it is, or empty if its certificate stands for nobody. */
    Optional<Client> clientOf(RemotingConnection connection) {
        X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
        return chain == null || chain.length == 0 || !credentials.get().standsFor(chain[0])
                ? Optional.empty()
                : Client.of(chain[0]);
    }

    // Artemis asks again at every use, since nothing is cached: its cache knows users by the name they call themselves.
    @Override
    public @Nullable Subject authenticate(
            @Nullable String user, @Nullable String password, RemotingConnection connection, @Nullable String domain) {
        Subject known = connection.getSubject();
        Optional<Client> client = known == null
                ? clientOf(connection)
                : known.getPrincipals(Client.class).stream().findFirst();
        if (client.isEmpty() || !client.get().id().equals(connection.getClientID())) {
            return null;
        }
        return known != null ? known : subject(client.get());
    }

    private static Subject subject(Client client) {
        Subject subject = new Subject();
        subject.getPrincipals().add(client);
        subject.getPrincipals().add(new UserPrincipal(client.id()));
        subject.setReadOnly();
        return subject;
    }

    @Override
    public boolean authorize(@Nullable Subject subject, Set<Role> roles, CheckType use, String address) {
        if (subject == null) {
            return false;
        }
        int queueMark = address.indexOf("::");
        String topic = queueMark < 0 ? address : address.substring(0, queueMark);
        return subject.getPrincipals(Client.class).stream().anyMatch(client -> authorize(client, use, topic));
    }

    private boolean authorize(Client client, CheckType use, String topic) {
        return switch (use) {
            case SEND ->
                rights.mayPublish(client, topic) && (client instanceof Client.Console || !consoleBehind.getAsBoolean());
            // Asked before a topic is used for the first time, for writing or for reading.
            case CREATE_ADDRESS ->
                (rights.mayPublish(client, topic) || rights.mayRead(client, topic))
                        && allowances.spend(client, Allowance.TOPIC);
            case CONSUME,
                    CREATE_DURABLE_QUEUE,
                    CREATE_NON_DURABLE_QUEUE,
                    DELETE_DURABLE_QUEUE,
                    DELETE_NON_DURABLE_QUEUE -> rights.mayRead(client, topic);
            default -> false;
        };
    }

    @Override
    public boolean validateUser(@Nullable String user, @Nullable String password) {
        return false;
    }

    @Override
    public boolean validateUserAndRole(
            @Nullable String user, @Nullable String password, Set<Role> roles, CheckType use) {
        return false;
    }
}
