package express.polaris.accounts;

/** What an account may be: an operator may do all a driver may. */
public enum Role {
    DRIVER,
    OPERATOR
}
