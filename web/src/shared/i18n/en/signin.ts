export const signin = {
  title: "Sign in",
  tagline: "The after-sales standard that runs itself",
  login: "Account",
  password: "Password",
  submit: "Sign in",
  wrong: "The account or the password is wrong.",
  demoTitle: "Demo accounts",
  demoText: "One per role; a click fills it in.",
  point1: "Every verdict cites its clause and shows its arithmetic",
  point2: "Every deadline runs and warns by itself",
  point3: "Every step is on record and can be verified",
};
