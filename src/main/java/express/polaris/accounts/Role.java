package express.polaris.accounts;

/** Role of an account; an operator may do everything a driver may. */
public enum Role {
    DRIVER,
    OPERATOR
}
