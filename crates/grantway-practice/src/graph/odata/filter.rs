//! `$filter`: the part of OData's expressions that the services here understand. Texts are compared without regard to case, as the
//! directory does.

use serde_json::{Map, Value};

/// A filter that was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filter(Expression);

#[derive(Debug, Clone, PartialEq)]
enum Expression {
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Not(Box<Expression>),
    Compare(String, Comparison, Value),
    In(String, Vec<Value>),
    StartsWith(String, String),
    EndsWith(String, String),
    // A path of a list, the variable's name, and what must hold for one of its items.
    Any(String, String, Option<Box<Expression>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Literal(Value),
    Open,
    Close,
    Comma,
    Colon,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// What is wrong with it, for the error text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser {
            tokens: tokens(text)?,
            at: 0,
            depth: 0,
        };
        let expression = parser.or()?;
        match parser.next() {
            None => Ok(Self(expression)),
            Some(token) => Err(format!("Syntax error: '{token:?}' is not expected here.")),
        }
    }

    /// The properties that it looks at; a variable's own properties are not among them.
    pub fn properties(&self) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.0, &mut Vec::new(), &mut found);
        found
    }

    /// The text that a property must equal for the whole filter to hold; none where the filter leaves it open.
    pub fn pinned(&self, property: &str) -> Option<&str> {
        fn of<'e>(expression: &'e Expression, property: &str) -> Option<&'e str> {
            match expression {
                Expression::And(left, right) => of(left, property).or_else(|| of(right, property)),
                Expression::Compare(path, Comparison::Equal, Value::String(text))
                    if path.eq_ignore_ascii_case(property) =>
                {
                    Some(text)
                }
                _ => None,
            }
        }
        of(&self.0, property)
    }

    /// Whether it holds for an object.
    pub fn holds(&self, item: &Map<String, Value>) -> bool {
        holds(&self.0, &Value::Object(item.clone()), &[])
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: u8,
}

// Deeper nesting than anybody writes; keeps a hostile filter from using up the stack.
const DEEPEST: u8 = 32;

impl Parser {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn word(&mut self, wanted: &str) -> bool {
        let found =
            matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted));
        if found {
            self.at += 1;
        }
        found
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), String> {
        match self.next() {
            Some(token) if token == *wanted => Ok(()),
            Some(token) => Err(format!(
                "Syntax error: expected '{wanted:?}', found '{token:?}'."
            )),
            None => Err("Syntax error: the expression ends too early.".to_owned()),
        }
    }

    fn or(&mut self) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("The expression is nested too deeply.".to_owned());
        }
        let mut left = self.and()?;
        while self.word("or") {
            left = Expression::Or(Box::new(left), Box::new(self.and()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Result<Expression, String> {
        let mut left = self.not()?;
        while self.word("and") {
            left = Expression::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Expression, String> {
        if self.word("not") {
            return Ok(Expression::Not(Box::new(self.primary()?)));
        }
        self.primary()
    }

    fn primary(&mut self) -> Result<Expression, String> {
        match self.next() {
            Some(Token::Open) => {
                let inner = self.or()?;
                self.expect(&Token::Close)?;
                Ok(inner)
            }
            Some(Token::Word(word)) if self.peek() == Some(&Token::Open) => self.call(&word),
            Some(Token::Word(path)) => self.comparison(path),
            Some(token) => Err(format!("Syntax error: '{token:?}' is not expected here.")),
            None => Err("Syntax error: the expression ends too early.".to_owned()),
        }
    }

    fn call(&mut self, name: &str) -> Result<Expression, String> {
        self.expect(&Token::Open)?;
        if let Some(path) = name.strip_suffix("/any") {
            if self.peek() == Some(&Token::Close) {
                self.at += 1;
                return Ok(Expression::Any(path.to_owned(), String::new(), None));
            }
            let Some(Token::Word(variable)) = self.next() else {
                return Err("Syntax error: 'any' needs a variable.".to_owned());
            };
            self.expect(&Token::Colon)?;
            let inner = self.or()?;
            self.expect(&Token::Close)?;
            return Ok(Expression::Any(
                path.to_owned(),
                variable,
                Some(Box::new(inner)),
            ));
        }
        let Some(Token::Word(path)) = self.next() else {
            return Err(format!("Syntax error: '{name}' needs a property."));
        };
        self.expect(&Token::Comma)?;
        let Some(Token::Literal(Value::String(text))) = self.next() else {
            return Err(format!("Syntax error: '{name}' needs a text."));
        };
        self.expect(&Token::Close)?;
        match name.to_ascii_lowercase().as_str() {
            "startswith" => Ok(Expression::StartsWith(path, text)),
            "endswith" => Ok(Expression::EndsWith(path, text)),
            _ => Err(format!("An unknown function with name '{name}' was found.")),
        }
    }

    fn comparison(&mut self, path: String) -> Result<Expression, String> {
        let Some(Token::Word(operator)) = self.next() else {
            return Err(format!(
                "Syntax error: an operator is expected behind '{path}'."
            ));
        };
        let comparison = match operator.to_ascii_lowercase().as_str() {
            "eq" => Comparison::Equal,
            "ne" => Comparison::NotEqual,
            "gt" => Comparison::Greater,
            "ge" => Comparison::GreaterOrEqual,
            "lt" => Comparison::Less,
            "le" => Comparison::LessOrEqual,
            "in" => return self.list(path),
            _ => return Err(format!("Syntax error: '{operator}' is no operator.")),
        };
        match self.next() {
            Some(Token::Literal(value)) => Ok(Expression::Compare(path, comparison, value)),
            // Numbers, dates and GUIDs stand without quotes.
            Some(Token::Word(word)) => {
                Ok(Expression::Compare(path, comparison, bare_literal(&word)?))
            }
            _ => Err(format!(
                "Syntax error: a value is expected behind '{operator}'."
            )),
        }
    }

    fn list(&mut self, path: String) -> Result<Expression, String> {
        self.expect(&Token::Open)?;
        let mut values = Vec::new();
        loop {
            match self.next() {
                Some(Token::Literal(value)) => values.push(value),
                Some(Token::Word(word)) => values.push(bare_literal(&word)?),
                _ => return Err("Syntax error: 'in' needs a list of values.".to_owned()),
            }
            match self.next() {
                Some(Token::Comma) => {}
                Some(Token::Close) => return Ok(Expression::In(path, values)),
                _ => return Err("Syntax error: the list of 'in' is not closed.".to_owned()),
            }
        }
    }
}

fn bare_literal(word: &str) -> Result<Value, String> {
    match word {
        "true" => Ok(Value::Bool(true)),
        "false" => Ok(Value::Bool(false)),
        "null" => Ok(Value::Null),
        _ => {
            if let Ok(number) = word.parse::<i64>() {
                return Ok(number.into());
            }
            if word.parse::<uuid::Uuid>().is_ok() || word.parse::<jiff::Timestamp>().is_ok() {
                return Ok(word.into());
            }
            Err(format!(
                "Syntax error: '{word}' is no value; texts stand in single quotes."
            ))
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut left = text.chars().peekable();
    while let Some(&first) = left.peek() {
        match first {
            ' ' | '\t' => {
                left.next();
            }
            '(' | ')' | ',' => {
                left.next();
                tokens.push(match first {
                    '(' => Token::Open,
                    ')' => Token::Close,
                    _ => Token::Comma,
                });
            }
            '\'' => {
                left.next();
                let mut value = String::new();
                loop {
                    match left.next() {
                        Some('\'') if left.peek() == Some(&'\'') => {
                            left.next();
                            value.push('\'');
                        }
                        Some('\'') => break,
                        Some(other) => value.push(other),
                        None => return Err("There is an unterminated string literal.".to_owned()),
                    }
                }
                tokens.push(Token::Literal(value.into()));
            }
            _ => {
                let mut word = String::new();
                while let Some(&next) = left.peek() {
                    if matches!(next, ' ' | '\t' | '(' | ')' | ',' | '\'') {
                        break;
                    }
                    word.push(next);
                    left.next();
                }
                // `any(x:x eq …)`: a colon behind a variable stands alone, one inside a date does not.
                match word.split_once(':') {
                    Some((variable, rest))
                        if !variable.is_empty() && variable.chars().all(char::is_alphabetic) =>
                    {
                        tokens.push(Token::Word(variable.to_owned()));
                        tokens.push(Token::Colon);
                        if !rest.is_empty() {
                            tokens.push(Token::Word(rest.to_owned()));
                        }
                    }
                    _ => tokens.push(Token::Word(word)),
                }
            }
        }
    }
    if tokens.is_empty() {
        return Err("The expression is empty.".to_owned());
    }
    Ok(tokens)
}

fn collect(expression: &Expression, variables: &mut Vec<String>, found: &mut Vec<String>) {
    let mut note = |path: &String, variables: &[String]| {
        let first = path.split('/').next().unwrap_or(path);
        if !variables.iter().any(|variable| variable == first) {
            found.push(path.clone());
        }
    };
    match expression {
        Expression::And(left, right) | Expression::Or(left, right) => {
            collect(left, variables, found);
            collect(right, variables, found);
        }
        Expression::Not(inner) => collect(inner, variables, found),
        Expression::Compare(path, _, _)
        | Expression::In(path, _)
        | Expression::StartsWith(path, _)
        | Expression::EndsWith(path, _) => note(path, variables),
        Expression::Any(path, variable, inner) => {
            note(path, variables);
            if let Some(inner) = inner {
                variables.push(variable.clone());
                collect(inner, variables, found);
                variables.pop();
            }
        }
    }
}

fn holds(expression: &Expression, item: &Value, variables: &[(&str, &Value)]) -> bool {
    match expression {
        Expression::And(left, right) => {
            holds(left, item, variables) && holds(right, item, variables)
        }
        Expression::Or(left, right) => {
            holds(left, item, variables) || holds(right, item, variables)
        }
        Expression::Not(inner) => !holds(inner, item, variables),
        Expression::Compare(path, comparison, value) => {
            compare(look_up(path, item, variables), *comparison, value)
        }
        Expression::In(path, values) => {
            let found = look_up(path, item, variables);
            values
                .iter()
                .any(|value| compare(found, Comparison::Equal, value))
        }
        Expression::StartsWith(path, start) => text(look_up(path, item, variables))
            .is_some_and(|text| text.starts_with(&start.to_lowercase())),
        Expression::EndsWith(path, end) => text(look_up(path, item, variables))
            .is_some_and(|text| text.ends_with(&end.to_lowercase())),
        Expression::Any(path, variable, inner) => look_up(path, item, variables)
            .as_array()
            .is_some_and(|items| {
                items.iter().any(|one| {
                    inner.as_ref().is_none_or(|inner| {
                        let mut variables = variables.to_vec();
                        variables.push((variable, one));
                        holds(inner, item, &variables)
                    })
                })
            }),
    }
}

fn look_up<'v>(path: &str, item: &'v Value, variables: &[(&str, &'v Value)]) -> &'v Value {
    let mut parts = path.split('/');
    let first = parts.next().unwrap_or_default();
    let start = match variables.iter().rev().find(|(name, _)| *name == first) {
        Some((_, value)) => value,
        None => member(item, first),
    };
    parts.fold(start, member)
}

fn member<'v>(value: &'v Value, name: &str) -> &'v Value {
    value
        .as_object()
        .and_then(|fields| {
            fields
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))
        })
        .map_or(&Value::Null, |(_, value)| value)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_lowercase)
}

fn compare(found: &Value, comparison: Comparison, wanted: &Value) -> bool {
    let order = match (found, wanted) {
        (Value::String(found), Value::String(wanted)) => match (
            found.parse::<jiff::Timestamp>(),
            wanted.parse::<jiff::Timestamp>(),
        ) {
            (Ok(found), Ok(wanted)) => Some(found.cmp(&wanted)),
            _ => Some(found.to_lowercase().cmp(&wanted.to_lowercase())),
        },
        (Value::Number(found), Value::Number(wanted)) => found
            .as_i64()
            .zip(wanted.as_i64())
            .map(|(found, wanted)| found.cmp(&wanted)),
        (Value::Bool(found), Value::Bool(wanted)) => Some(found.cmp(wanted)),
        (Value::Null, Value::Null) => Some(std::cmp::Ordering::Equal),
        _ => None,
    };
    match (comparison, order) {
        (Comparison::NotEqual, order) => order.is_none_or(std::cmp::Ordering::is_ne),
        (_, None) => false,
        (Comparison::Equal, Some(order)) => order.is_eq(),
        (Comparison::Greater, Some(order)) => order.is_gt(),
        (Comparison::GreaterOrEqual, Some(order)) => order.is_ge(),
        (Comparison::Less, Some(order)) => order.is_lt(),
        (Comparison::LessOrEqual, Some(order)) => order.is_le(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Map<String, Value> {
        crate::graph::answer::fields(serde_json::json!({
            "displayName": "AdminAgents", "securityEnabled": true, "mail": null, "number": 7, "createdDateTime": "2026-05-01T10:00:00Z",
            "customer": { "tenantId": "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002" }, "groupTypes": ["Unified"],
            "plans": [{ "name": "P1", "state": "on" }, { "name": "P2", "state": "off" }],
        }))
    }

    fn holds(text: &str) -> bool {
        Filter::parse(text)
            .unwrap_or_else(|error| panic!("{text}: {error}"))
            .holds(&item())
    }

    #[test]
    fn comparisons() {
        for (text, expected) in [
            ("displayName eq 'AdminAgents'", true),
            ("displayName eq 'adminagents'", true),
            ("DisplayName ne 'x'", true),
            ("securityEnabled eq true", true),
            ("securityEnabled eq false", false),
            ("mail eq null", true),
            ("mail ne null", false),
            ("number ge 7 and number lt 8", true),
            ("createdDateTime ge 2026-05-01T10:00:00Z", true),
            ("createdDateTime gt 2026-05-01T12:00:00+02:00", false),
            (
                "customer/tenantId eq '2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002'",
                true,
            ),
            (
                "customer/tenantId eq 2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002",
                true,
            ),
            ("missing eq 'x'", false),
            ("missing ne 'x'", true),
        ] {
            assert_eq!(holds(text), expected, "{text}");
        }
    }

    #[test]
    fn logic_binds_as_in_odata() {
        for (text, expected) in [
            (
                "displayName eq 'x' or displayName eq 'AdminAgents' and securityEnabled eq true",
                true,
            ),
            (
                "(displayName eq 'x' or displayName eq 'AdminAgents') and securityEnabled eq false",
                false,
            ),
            ("not (displayName eq 'x')", true),
            ("not startswith(displayName,'Admin')", false),
            ("not displayName eq 'x' and securityEnabled eq true", true),
        ] {
            assert_eq!(holds(text), expected, "{text}");
        }
    }

    #[test]
    fn functions_lists_and_any() {
        for (text, expected) in [
            ("startswith(displayName, 'admin')", true),
            ("endswith(displayName,'agents')", true),
            ("displayName in ('a', 'AdminAgents')", true),
            ("displayName in ('a')", false),
            ("groupTypes/any(c:c eq 'Unified')", true),
            ("groupTypes/any(c: c eq 'Dynamic')", false),
            ("plans/any(p:p/name eq 'P2' and p/state eq 'off')", true),
            ("plans/any(p:p/name eq 'P1' and p/state eq 'off')", false),
            ("plans/any()", true),
            ("mail/any()", false),
        ] {
            assert_eq!(holds(text), expected, "{text}");
        }
    }

    #[test]
    fn quotes_are_doubled() {
        let filter = Filter::parse("displayName eq 'it''s'").expect("a good filter");
        assert!(filter.holds(&crate::graph::answer::fields(
            serde_json::json!({ "displayName": "It's" })
        )));
    }

    #[test]
    fn only_what_must_hold_is_pinned() {
        let pinned = |text: &str| {
            Filter::parse(text)
                .expect("a filter in the test")
                .pinned("a/b")
                .map(str::to_owned)
        };
        assert_eq!(pinned("c eq 'x' and A/b eq 'y'").as_deref(), Some("y"));
        for open in [
            "c eq 'x'",
            "a/b eq 'y' or c eq 'x'",
            "not (a/b eq 'y')",
            "a/b ne 'y'",
        ] {
            assert_eq!(pinned(open), None, "{open}");
        }
    }

    #[test]
    fn broken_filters_are_refused() {
        for text in [
            "",
            "displayName",
            "displayName eq",
            "displayName eq x",
            "displayName like 'a'",
            "displayName eq 'a",
            "displayName eq 'a' and",
            "(displayName eq 'a'",
            "displayName eq 'a')",
            "contains(displayName,'a')",
            "startswith(displayName)",
            "displayName in 'a'",
            "displayName in ('a'",
            "groupTypes/any(c c eq 'a')",
            "eq 'a'",
            "'a' eq displayName",
        ] {
            assert!(Filter::parse(text).is_err(), "{text}");
        }
        assert!(
            Filter::parse(&format!("{}a eq 1{}", "(".repeat(5_000), ")".repeat(5_000))).is_err()
        );
    }

    #[test]
    fn properties_leave_variables_out() {
        let filter = Filter::parse(
            "displayName eq 'a' and plans/any(p:p/name eq 'b') or customer/tenantId in ('c')",
        )
        .expect("a good filter");
        assert_eq!(
            filter.properties(),
            ["displayName", "plans", "customer/tenantId"]
        );
    }
}
