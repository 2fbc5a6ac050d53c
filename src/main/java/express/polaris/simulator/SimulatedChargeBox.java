package express.polaris.simulator;

/** A charge box that SteVe knows. */
public final class SimulatedChargeBox {

    private final int pk;
    private final String id;
    private volatile ChargeBoxBehaviour behaviour = ChargeBoxBehaviour.ONLINE;
    private volatile ChargePointCommands commands;

    SimulatedChargeBox(int pk, String id, ChargePointCommands commands) {
        this.pk = pk;
        this.id = id;
        this.commands = commands;
    }

    /** SteVe's own key. */
    public int pk() {
        return pk;
    }

    public String id() {
        return id;
    }

    public ChargeBoxBehaviour behaviour() {
        return behaviour;
    }

    /** Changes how the next remote operation is taken. */
    public SimulatedChargeBox behaviour(ChargeBoxBehaviour newBehaviour) {
        behaviour = newBehaviour;
        return this;
    }

    ChargePointCommands commands() {
        return commands;
    }

    /** Puts another station behind this charge box. */
    public SimulatedChargeBox commands(ChargePointCommands newCommands) {
        commands = newCommands;
        return this;
    }
}
