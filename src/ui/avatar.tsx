import './avatar.css'

/** Who works on this tablet: two letters in a circle of 48 px that leads to the person's page. */
export const Avatar = (props: { initials: string; label: string; href: string }) => (
  <a class="avatar" href={props.href}>
    <span aria-hidden>{props.initials}</span>
    <span class="visually-hidden">{props.label}</span>
  </a>
)
