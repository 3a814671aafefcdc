package io.sekimori.access.people;

import io.sekimori.access.Access;
import io.sekimori.access.AccessException;
import io.sekimori.access.FirstAnswer;
import io.sekimori.access.FirstSignIn;
import io.sekimori.access.PasswordChange;
import io.sekimori.access.People;
import io.sekimori.access.PeopleStore;
import io.sekimori.access.Person;
import io.sekimori.access.PersonChange;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SessionToken;
import io.sekimori.access.SignIn;
import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Lets people in by password. Everything that lasts is in the {@link PeopleStore}, so two versions may run beside each
 * other.
 *
 * <p>Thread-safe.
 */
@Component(
        service = {Access.class, People.class, FirstSignIn.class},
        configurationPid = Policy.PID)
@Designate(ocd = Policy.Config.class)
public final class PeopleAccess implements Access, People, FirstSignIn {

    private final Register register;
    private final Sessions sessions;
    private final Entrance entrance;
    private final Founding founding;
    private volatile Policy policy;
    private volatile @Nullable PeopleStore storeAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    // Dynamic, so that a swap of the store or of the audit does not restart this. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable PeopleStore store;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    /** Called by Declarative Services. */
    @Activate
    public PeopleAccess(Policy.Config config) {
        this(Policy.of(config), Clock.systemUTC());
    }

    /** For programs beside the console, which add the first person. */
    public PeopleAccess(PeopleStore store, AuditLog audit) {
        this(Policy.USUAL, Clock.systemUTC());
        this.store = store;
        this.audit = audit;
    }

    PeopleAccess(Policy policy, Clock clock) {
        this.policy = policy;
        Surroundings around = new Surroundings(
                this::currentStore, this::currentAudit, clock, new SecureRandom(), () -> this.policy.cost());
        this.register = new Register(around);
        this.sessions = new Sessions(around);
        Gate gate = new Gate(around);
        PasswordRules rules = new PasswordRules();
        this.entrance = new Entrance(around, gate, sessions, rules);
        this.founding = new Founding(around, gate, rules);
    }

    /** Keeps store and audit for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        storeAtEnd = store;
        auditAtEnd = audit;
    }

    private @Nullable PeopleStore currentStore() {
        return Lasting.of(store, storeAtEnd); // read once: one transaction, one store
    }

    private @Nullable AuditLog currentAudit() {
        return Lasting.of(audit, auditAtEnd); // read once: one entry, one audit
    }

    /** Takes a new configuration without the service going away. */
    @Modified
    void apply(Policy.Config config) {
        policy = Policy.of(config);
    }

    @Override
    public SignIn signIn(String name, char[] password, Session.Kind kind, String from) throws AccessException {
        return entrance.signIn(name, password, kind, from, policy);
    }

    @Override
    public boolean isOpen() throws AccessException {
        return founding.isOpen();
    }

    @Override
    public FirstAnswer begin(String name, char[] password, Proof proof, String from) throws AccessException {
        return founding.begin(name, password, proof, from);
    }

    @Override
    public Optional<Session> session(SessionToken token) throws AccessException {
        return sessions.find(token, policy);
    }

    @Override
    public Optional<Session> look(SessionToken token) throws AccessException {
        return sessions.look(token, policy);
    }

    @Override
    public void signOut(SessionToken token, String from) throws AccessException {
        sessions.end(token, from);
    }

    @Override
    public PasswordChange changePassword(SessionToken token, char[] current, char[] next, String from)
            throws AccessException {
        return entrance.changePassword(token, current, next, from, policy);
    }

    @Override
    public List<Session> sessions(String person) throws AccessException {
        return sessions.of(person, policy);
    }

    @Override
    public Optional<Person> find(String name) throws AccessException {
        return register.find(name);
    }

    @Override
    public List<Person> page(String after, int limit) throws AccessException {
        return register.page(after, limit);
    }

    @Override
    public PersonChange add(String name, Set<Role> roles, String actor) throws AccessException {
        return register.add(name, roles, actor);
    }

    @Override
    public PersonChange change(String name, long version, Set<Role> roles, boolean disabled, String actor)
            throws AccessException {
        return register.change(name, version, roles, disabled, actor);
    }

    @Override
    public PersonChange resetPassword(String name, String actor) throws AccessException {
        return register.resetPassword(name, actor);
    }

    @Override
    public PersonChange remove(String name, long version, String actor) throws AccessException {
        return register.remove(name, version, actor);
    }

    @Override
    public int endSessions(String name, String actor) throws AccessException {
        return register.endSessions(name, actor);
    }
}
